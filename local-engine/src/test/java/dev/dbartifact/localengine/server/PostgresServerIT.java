package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.tls.Authority;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.tls.ServerCertificate;
import dev.dbartifact.localengine.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What servers can be relied on for, whatever keeps their files.
class PostgresServerIT extends HostFixture {
  private static final String BEGAN = "SELECT pg_postmaster_start_time()";

  @Override
  Path prepare(Path temporary) throws IOException {
    return Files.createDirectory(temporary.resolve("data"));
  }

  @Test
  void theMasterUserOwnsItsDatabasesAndIsNoSuperuser() throws Exception {
    var shop = started(create(SOURCE));

    assertThat(
            shop.value(
                "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"))
        .isEqualTo("f");
    assertThat(shop.value("SELECT pg_has_role('rds_superuser', 'MEMBER')")).isEqualTo("t");
    shop.execute(
        "CREATE TABLE item (id int)",
        "CREATE ROLE reader LOGIN",
        "CREATE DATABASE second",
        "CREATE EXTENSION pgcrypto");
    shop.in("postgres").execute("CREATE TABLE item (id int)");
  }

  @Test
  void pagesAreCheckedAndWritesAreDurable() throws Exception {
    var shop = started(create(SOURCE));

    assertThat(shop.value("SHOW data_checksums")).isEqualTo("on");
    assertThat(shop.value("SHOW fsync")).isEqualTo("on");
    assertThat(shop.value("SHOW full_page_writes")).isEqualTo("on");
    assertThat(shop.value("SHOW server_encoding")).isEqualTo("UTF8");
    assertThat(shop.value("SHOW server_version")).startsWith(host.engineVersion(SOURCE));
  }

  @Test
  void settingsOfAUserDoNotStopTheEngineNorShowItThePassword() throws Exception {
    var listen = freeAddress();
    host.start(
        create(SOURCE),
        listen,
        Map.of(
            "statement_timeout", "1",
            "default_transaction_read_only", "1",
            "log_statement", "all",
            "log_min_duration_statement", "0",
            "log_min_duration_sample", "0",
            "log_transaction_sample_rate", "1",
            "debug_print_parse", "1",
            "debug_print_plan", "1"));

    host.changeMasterPassword(
        SOURCE, "admin", Verifier.of(ServerKind.POSTGRESQL, new Secret("battery-staple")));

    await(
        "a login within a millisecond",
        () -> logsIn(new Sql(listen, "admin", "battery-staple", "shop")));
    try (var files = Files.walk(dataDirectory.resolve("log"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain("SCRAM-SHA-256$");
      }
    }
  }

  @Test
  void aServerSaysWhatItsSettingsAreAndLeavesNothingBehind() throws Exception {
    create(SOURCE);
    var settings = host.parameters(version());

    assertThat(settings)
        .extracting(ServerParameter::name)
        .contains("work_mem", "timezone", "pg_stat_statements.track");
    assertThat(settings)
        .filteredOn(each -> each.name().equals("max_connections"))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.context()).isEqualTo("postmaster");
          assertThat(each.chosen()).isTrue();
        });
    assertThat(host.stored()).containsExactly(SOURCE);
  }

  @Test
  void nobodyEntersWithoutThePassword() throws Exception {
    var shop = started(create(SOURCE));

    assertThatThrownBy(() -> shop.as("admin", "wrong").connect())
        .hasMessageContaining("password authentication failed");
    assertThatThrownBy(() -> shop.as("rdsadmin", "").connect())
        .hasMessageContaining("rejects connection");
  }

  @Test
  void theTemplateOfAVersionThatIsGoneGoesToo() throws Exception {
    create(SOURCE);
    var old = Files.createDirectory(volume(SOURCE).resolveSibling("template.9.0"));
    Files.writeString(
        old.resolve("volume.json"), "{\"volume\":\"template.9.0\",\"postgres\":\"9.0\"}");

    host.close();
    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());

    assertThat(old).doesNotExist();
    assertThat(old.resolveSibling("template." + version())).exists();
  }

  @Test
  void aPasswordChangeReachesOneClusterOnly() throws Exception {
    var source = started(create(SOURCE));
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    var clone = started(CLONE);

    host.changeMasterPassword(
        CLONE, "admin", Verifier.of(ServerKind.POSTGRESQL, new Secret("an0ther")));

    assertThatThrownBy(clone::connect).hasMessageContaining("password authentication failed");
    assertThat(clone.as("admin", "an0ther").value("SELECT 1")).isEqualTo("1");
    assertThat(source.value("SELECT 1")).isEqualTo("1");
  }

  @Test
  void aPasswordCanBeChangedWhileNoServerRuns() throws Exception {
    started(create(SOURCE)).execute("CREATE TABLE item AS SELECT 1 AS id");
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);

    host.changeMasterPassword(
        CLONE, "admin", Verifier.of(ServerKind.POSTGRESQL, new Secret("an0ther")));

    assertThat(host.running(CLONE)).isFalse();
    var clone = started(CLONE);
    assertThatThrownBy(clone::connect).hasMessageContaining("password authentication failed");
    assertThat(clone.as("admin", "an0ther").value("SELECT count(*) FROM item")).isEqualTo("1");
  }

  @Test
  void aKilledServerIsStartedAgainWithAllThatWasCommitted() throws Exception {
    var source = started(create(SOURCE));
    source.execute("CREATE TABLE item AS SELECT generate_series(1, 100) AS id");
    try (var idle = source.connect()) {
      kill(SOURCE);
      assertThat(host.running(SOURCE)).isFalse();

      assertThat(started(SOURCE).value("SELECT count(*) FROM item")).isEqualTo("100");
      assertThat(idle.isValid(1)).isFalse();
    }
  }

  /// An engine that was killed may have written what its server has not read.
  @Test
  void aServerThatRunsOnReadsItsCertificateAndItsRulesAgain() throws Exception {
    var listen = freeAddress();
    host.start(create(SOURCE), known(listen, "127.0.0.9", false));
    var shop = new Sql(listen, "admin", PASSWORD, "shop");
    var began = shop.value(BEGAN);
    var wanted = known(listen, "127.0.0.1", true);
    write(wanted.tls().identity(), Path.of(shop.value("SHOW ssl_cert_file")));
    assertThat(answer(listen, "verify-full")).contains("127.0.0.1");
    assertThat(shop.value("SHOW rds.force_ssl")).isEqualTo("off");

    host.start(SOURCE, wanted);

    await("the certificate", () -> answer(listen, "verify-full").equals(began));
    await("the rules", () -> answer(listen, "disable").contains("no encryption"));
    awaitValue(shop, "SHOW rds.force_ssl", "on");
  }

  private static Listen known(Listen listen, String host, boolean requiresTls) {
    var identity = new Identity(List.of(host), Identity.FOREVER);
    return new Listen(listen.address(), listen.port(), List.of(), new Tls(identity, requiresTls));
  }

  private void write(Identity identity, Path file) throws IOException {
    var authority = Authority.open(dataDirectory);
    var certificate = ServerCertificate.in(file.getParent(), authority, ServerAccount.find());
    assertThat(certificate.renew(identity)).isTrue();
  }

  /// When the server began, or why it was not asked.
  private String answer(Listen listen, String sslMode) {
    var url =
        "jdbc:postgresql://%s/shop?sslmode=%s&sslrootcert=%s"
            .formatted(listen, sslMode, Authority.bundle(dataDirectory));
    try (var connection = DriverManager.getConnection(url, "admin", PASSWORD);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(BEGAN)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      return e.getMessage();
    }
  }

  @Test
  void aSecondEngineIsKeptAway() {
    assertThatThrownBy(() -> PostgresHost.open(dataDirectory, PostgresHost.Options.defaults()))
        .hasMessageContaining("another local engine works in");
  }

  @Test
  void aServerAnswersAtEachOfItsAddressesOrDoesNotStart() throws Exception {
    var free = freeAddress();
    var second = InetAddress.ofLiteral("127.0.0.2");
    var listen = new Listen(LOOPBACK, free.port(), List.of(second));
    try (var _ = new ServerSocket(free.port(), 1, second)) {
      create(SOURCE);
      assertThatExceptionOfType(HostException.AddressTaken.class)
          .isThrownBy(() -> host.start(SOURCE, listen));
    }
    host.start(SOURCE, listen);
    assertThat(new Sql(free, "admin", PASSWORD, "shop").value("SELECT 1")).isEqualTo("1");
    assertThat(new Sql(elsewhere(free), "admin", PASSWORD, "shop").value("SELECT 1"))
        .isEqualTo("1");

    host.start(SOURCE, free);
    assertThatThrownBy(new Sql(elsewhere(free), "admin", PASSWORD, "shop")::connect)
        .hasMessageContaining("refused");
  }

  @Test
  void anAddressInUseIsSaidToBe() throws Exception {
    create(SOURCE);
    try (var other = new ServerSocket(0, 1, LOOPBACK)) {
      assertThatExceptionOfType(HostException.AddressTaken.class)
          .isThrownBy(() -> host.start(SOURCE, new Listen(LOOPBACK, other.getLocalPort())))
          .withMessageContaining("'source' on 127.0.0.1:" + other.getLocalPort());
    }
    assertThat(host.running(SOURCE)).isFalse();
  }

  @Test
  void startingAtAnotherAddressMovesTheServer() throws Exception {
    var first = started(create(SOURCE));

    var second = started(SOURCE);

    assertThat(second.value("SELECT 1")).isEqualTo("1");
    assertThatThrownBy(first::connect).hasMessageContaining("refused");
  }

  @Test
  void whatIsAskedInVainLeavesNothing() throws Exception {
    var unknown = new NewDatabase("12.3", "admin", new Secret(PASSWORD), Optional.empty());
    assertThatExceptionOfType(HostException.NotFound.class)
        .isThrownBy(() -> host.create(SOURCE, unknown))
        .withMessageContaining("There is no PostgreSQL 12.3 here; installed: ");
    var reserved = new NewDatabase(version(), "rdsadmin", new Secret(PASSWORD), Optional.empty());
    assertThatThrownBy(() -> host.create(SOURCE, reserved))
        .hasMessageContaining("role \"rdsadmin\" already exists");
    assertThatExceptionOfType(HostException.NotFound.class)
        .isThrownBy(() -> host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE));
    assertThat(host.stored()).isEmpty();
    create(SOURCE);
    assertThatThrownBy(() -> create(SOURCE)).hasMessageContaining("already there");
    assertThat(host.stored()).containsExactly(SOURCE);
  }

  @Test
  void noLogAndNoSettingShowsThePassword() throws Exception {
    started(create(SOURCE));
    host.changeMasterPassword(
        SOURCE, "admin", Verifier.of(ServerKind.POSTGRESQL, new Secret("an0ther")));
    assertThatThrownBy(() ->
            host.changeMasterPassword(
                SOURCE, "pg_nobody", Verifier.of(ServerKind.POSTGRESQL, new Secret("an0ther"))))
        .hasMessageContaining("role name \"pg_nobody\" is reserved")
        .hasMessageNotContaining("SCRAM");

    for (var directory : new String[] {"log", "run"}) {
      try (var files = Files.walk(dataDirectory.resolve(directory))) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          assertThat(file).content().doesNotContain(PASSWORD, "an0ther", "SCRAM-SHA-256$");
        }
      }
    }
  }

  private static boolean logsIn(Sql user) {
    try (var session = user.connect()) {
      return !session.isClosed();
    } catch (SQLException e) {
      // query_canceled: even a login is, where the machine is busy.
      assertThat(e.getSQLState()).isEqualTo("57014");
      return false;
    }
  }
}
