package dev.dbartifact.localengine.rds.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// An engine of RDS in one of its versions: `17.11` stands for different things in
/// `aurora-postgresql` and in `postgres`. Pure.
///
/// @param number as requests and answers have it, such as `17.11` or `8.0.mysql_aurora.3.08.2`
public record EngineVersion(Engine engine, String number) {

  private static final List<String> FIRST_TO_PAUSE = List.of("16.3", "15.7", "14.12", "13.15");

  public EngineVersion {
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(number, "number");
  }

  public static EngineVersion of(DBCluster cluster) {
    return new EngineVersion(Engine.of(cluster.engine()), cluster.engineVersion());
  }

  /// What changes with an incompatible release: `17`, `8.0`, `10.11`.
  public String major() {
    return engine.major(number);
  }

  /// Whether the other is a later one of the same major version.
  public boolean isBefore(EngineVersion other) {
    return engine == other.engine
        && major().equals(other.major())
        && OfferedNumbers.NEWEST.compare(number, other.number) > 0;
  }

  /// Whether its servers take no connections without TLS, unless a parameter says otherwise: see
  /// "Requiring an SSL connection to a PostgreSQL DB instance" and "Requiring SSL/TLS for all
  /// connections to a MariaDB DB instance" in the Amazon RDS User Guide, "Securing Aurora
  /// PostgreSQL data with SSL/TLS" in the Aurora User Guide.
  public boolean requiresTls() {
    return switch (engine) {
      case POSTGRES -> isFrom(15);
      case AURORA_POSTGRESQL -> isFrom(17);
      case MARIADB -> isFrom(11, 8);
      case MYSQL, AURORA_MYSQL -> false;
    };
  }

  /// Whether its serverless instances can have no capacity at all: see "Prerequisites and
  /// limitations for the Aurora Serverless v2 auto-pause feature" in the Aurora User Guide.
  public boolean canPause() {
    return switch (engine) {
      case AURORA_POSTGRESQL -> isFrom(17) || FIRST_TO_PAUSE.stream().anyMatch(this::isOrFollows);
      case AURORA_MYSQL -> isOrFollows("8.0.mysql_aurora.3.08.0");
      case POSTGRES, MYSQL, MARIADB -> false;
    };
  }

  private boolean isOrFollows(String first) {
    return major().equals(engine.major(first)) && OfferedNumbers.NEWEST.compare(number, first) <= 0;
  }

  private boolean isFrom(int... first) {
    var own = Arrays.stream(major().split("\\.")).mapToInt(Integer::parseInt).toArray();
    return Arrays.compare(own, first) >= 0;
  }

  /// The family of parameter groups that suit it.
  public String family() {
    return engine.title() + major();
  }

  /// The option group that is there without asking.
  public String optionGroup() {
    return "default:%s-%s".formatted(engine.title(), major().replace('.', '-'));
  }
}
