package dev.dbartifact.localengine.rds.engine;

import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.server.NewDatabase;
import dev.dbartifact.localengine.server.Secret;
import dev.dbartifact.localengine.server.ServerKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// The engine versions that clusters and plain instances can have, and the database servers that
/// are installed behind them.
public final class Versions {

  private final List<String> postgres;
  private final List<String> mariaDb;
  private final String mariaDbAdvice;

  /// Newest first.
  private final Map<Engine, List<EngineVersion>> all;

  /// @param postgres versions of PostgreSQL, such as `17.11`
  /// @param mariaDb versions of MariaDB, such as `10.11.19`, newest first
  /// @param mariaDbAdvice what to do where there is none
  public Versions(List<String> postgres, List<String> mariaDb, String mariaDbAdvice) {
    this.postgres = postgres.stream().sorted(OfferedNumbers.NEWEST).toList();
    this.mariaDb = mariaDb;
    this.mariaDbAdvice = mariaDbAdvice;
    this.all =
        Arrays.stream(Engine.values()).collect(Collectors.toMap(each -> each, this::offered));
  }

  private List<EngineVersion> offered(Engine engine) {
    return servers(engine).stream()
        .flatMap(server -> OfferedNumbers.of(engine, server).stream())
        .distinct()
        .sorted(OfferedNumbers.NEWEST)
        .map(number -> new EngineVersion(engine, number))
        .toList();
  }

  /// The engine version for a request: this very one, or the default where none, or no minor
  /// version, is asked for.
  public EngineVersion choose(Engine engine, String requested) {
    if (engine.server() == ServerKind.MARIADB && mariaDb.isEmpty()) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Cannot find %s for %s (MariaDB is not installed here. %s)",
          requested == null ? "a version" : "version " + requested, engine.title(), mariaDbAdvice);
    }
    var all = all(engine);
    return all.stream()
        .filter(each -> each.number().equals(requested))
        .findFirst()
        .or(() -> requested == null ? newest(engine, all) : standard(engine, all, requested))
        .orElseThrow(() -> unknown(engine, requested));
  }

  private static Optional<EngineVersion> newest(Engine engine, List<EngineVersion> all) {
    return all.stream().findFirst().flatMap(first -> standard(engine, all, first.major()));
  }

  private static Optional<EngineVersion> standard(
      Engine engine, List<EngineVersion> all, String major) {
    var numbers =
        all.stream().filter(each -> each.major().equals(major)).map(EngineVersion::number).toList();
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of(new EngineVersion(engine, OfferedNumbers.standard(engine, numbers)));
  }

  private RuntimeException unknown(Engine engine, String requested) {
    return RdsFault.INVALID_PARAMETER_COMBINATION.with(
        "Cannot find version %s for %s (here: %s)",
        requested,
        engine.title(),
        all(engine).stream()
            .collect(Collectors.groupingBy(EngineVersion::major, TreeMap::new, Collectors.toList()))
            .descendingMap()
            .values()
            .stream()
            .map(of -> of.getLast().number() + " to " + of.getFirst().number())
            .collect(Collectors.joining(", ")));
  }

  /// Newest first.
  public List<EngineVersion> all(Engine engine) {
    return all.get(engine);
  }

  private List<String> servers(Engine engine) {
    return switch (engine) {
      case AURORA_POSTGRESQL, POSTGRES -> postgres;
      case MARIADB -> mariaDb;
      // They stand for one that is not there: whichever MariaDB is the newest.
      case AURORA_MYSQL, MYSQL -> mariaDb.stream().limit(1).toList();
    };
  }

  /// The version of the server behind an engine version: this very one, or the newest of the same
  /// major version.
  public String server(EngineVersion version) {
    return behind(version).orElseThrow(() -> notInstalled(version));
  }

  /// The same for people, also where it is not installed any more.
  public String serverInWords(EngineVersion version) {
    var title = version.engine().server().title();
    return behind(version)
        .map(number -> title + " " + number)
        .orElse(title + ", which is not installed");
  }

  private Optional<String> behind(EngineVersion version) {
    var engine = version.engine();
    var servers = servers(engine);
    return servers.stream()
        .filter(each -> each.equals(version.number()))
        .findFirst()
        .or(() ->
            servers.stream()
                .filter(each -> isFictional(engine) || engine.major(each).equals(version.major()))
                .findFirst());
  }

  private static boolean isFictional(Engine engine) {
    return engine == Engine.AURORA_MYSQL || engine == Engine.MYSQL;
  }

  private RuntimeException notInstalled(EngineVersion version) {
    var server = version.engine().server();
    return RdsFault.INVALID_PARAMETER_COMBINATION.with(
        "There is no server for %s %s: no such %s is installed here. %s",
        version.engine().title(),
        version.number(),
        server.title(),
        server == ServerKind.MARIADB ? mariaDbAdvice : "");
  }

  /// What the host is asked to make for a new cluster or plain instance.
  public NewDatabase newDatabase(DBCluster settings, Secret password) {
    var version = EngineVersion.of(settings);
    var server = version.engine().server();
    return new NewDatabase(
        server,
        server(version),
        settings.masterUsername(),
        password,
        version.engine().hasAuroraFunctions(),
        Optional.ofNullable(settings.databaseName())
            .filter(name -> server != ServerKind.POSTGRESQL || !name.equals("postgres")));
  }

  /// The newest engine version whose parameter groups are of this family.
  public EngineVersion ofFamily(String family) {
    var engine = Engine.ofFamily(family);
    return choose(engine, family.substring(engine.title().length()));
  }

  public boolean isFamily(String family) {
    return families().contains(family);
  }

  public List<String> families() {
    return Stream.of(Engine.values())
        .flatMap(engine -> all(engine).stream())
        .map(EngineVersion::family)
        .distinct()
        .toList();
  }
}
