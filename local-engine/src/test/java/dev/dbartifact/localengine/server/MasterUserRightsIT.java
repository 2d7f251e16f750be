package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How a master user keeps the rights that it has to have, and the engine those that it needs,
/// whatever becomes of them, on each major version that is here.
class MasterUserRightsIT extends MasterUserFixture {
  @ParameterizedTest
  @MethodSource("versions")
  void cannotTakeFromTheEngineWhatItNeeds(String version) throws Exception {
    start(version, Map.of());
    shop.execute("DROP DATABASE postgres");
    assertThat(outcomes(List.of("DROP OWNED BY rds_superuser", "DROP ROLE rds_superuser")))
        .containsEntry("DROP ROLE rds_superuser", "2BP01");
    shop.execute(
        "ALTER ROLE rds_superuser RENAME TO mine",
        "ALTER DATABASE shop SET default_transaction_read_only = on",
        "ALTER DATABASE shop CONNECTION LIMIT 0");

    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    host.changeMasterPassword(
        SOURCE, "admin", Verifier.of(ServerKind.POSTGRESQL, new Secret("an0ther")));
    host.reload(SOURCE, listen, Map.of("work_mem", "8192"));
    host.stop(SOURCE);
    host.start(SOURCE, listen);
    host.start(CLONE, freeAddress());
  }

  /// See "Master user account privileges" in the Aurora User Guide.
  @ParameterizedTest
  @MethodSource("versions")
  void getsItsRightsBackWithANewPassword(String version) throws Exception {
    start(version, Map.of());
    asSuperuser("REVOKE rds_superuser FROM admin");
    asSuperuser("ALTER ROLE admin NOCREATEROLE NOCREATEDB NOLOGIN CONNECTION LIMIT 0");

    setPassword(PASSWORD);

    assertAllDone(MasterUserStatements.ALLOWED);
    assertAllRefused(MasterUserStatements.REFUSED);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void isMadeAgainWithANewPasswordWhereItIsGone(String version) throws Exception {
    start(version, Map.of());
    asSuperuser("ALTER ROLE admin RENAME TO former");
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);

    setPassword("an0ther");
    host.changeMasterPassword(
        CLONE, "admin", Verifier.of(ServerKind.POSTGRESQL, new Secret("th1rd")));

    assertThat(shop.value("SELECT pg_has_role('rds_superuser', 'member')")).isEqualTo("t");
    shop.execute("CREATE ROLE app LOGIN PASSWORD 'app'", "CREATE DATABASE second");
    host.start(CLONE, freeAddress());
  }

  /// As a clone that is reset has it: what its source did to the user is its source's business.
  @ParameterizedTest
  @MethodSource("versions")
  void isLeftAsItIsWithThePasswordThatItHas(String version) throws Exception {
    start(version, Map.of());
    asSuperuser("ALTER ROLE admin CONNECTION LIMIT 5");

    host.changeMasterPassword(SOURCE, "admin", host.masterVerifier(SOURCE, "admin").orElseThrow());

    assertThat(shop.value("SELECT rolconnlimit FROM pg_roles WHERE rolname = 'admin'"))
        .isEqualTo("5");
  }

  private void setPassword(String password) throws Exception {
    host.changeMasterPassword(
        SOURCE, "admin", Verifier.of(ServerKind.POSTGRESQL, new Secret(password)));
    shop = shop.as("admin", password);
  }

  /// What an engine made that knew nothing of the fence.
  @ParameterizedTest
  @MethodSource("versions")
  void isFencedInAtTheNextStartOfAnOlderDatabase(String version) throws Exception {
    start(version, Map.of());
    asSuperuser("DROP DATABASE rdsadmin");
    if (major(version) < 16) {
      asSuperuser("UPDATE pg_authid SET rolsuper = false WHERE rolname LIKE 'pg%'");
      shop.execute("GRANT pg_execute_server_program TO admin", "COPY item FROM PROGRAM 'echo 1'");
    }
    shop.execute("DROP DATABASE postgres");
    host.stop(SOURCE);
    Files.delete(volume(SOURCE).resolve("foundation"));

    host.start(SOURCE, listen);

    assertAllRefused(MasterUserStatements.REFUSED);
    assertThat(shop.value("SELECT datdba::regrole FROM pg_database WHERE datname = 'rdsadmin'"))
        .isEqualTo("rdsadmin");
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
  }
}
