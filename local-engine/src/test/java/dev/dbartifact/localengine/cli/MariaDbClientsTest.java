package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.rds.report.ClusterReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What mariadb is started with.
class MariaDbClientsTest {

  @TempDir Path root;

  private String line(boolean hasPassword, String... words) {
    var cluster =
        new ClusterReport(
            "my",
            false,
            "cluster-1",
            "available",
            null,
            "my.cluster-x.us-west-2.rds.amazonaws.com",
            "127.77.1.2",
            3306,
            "aurora-mysql",
            "8.0.mysql_aurora.3.08.0",
            "MariaDB 10.11.19",
            "shop",
            null,
            List.of(),
            null,
            null,
            null);
    var clients = new MariaDbClients(new EngineDirectory(root), cluster);
    return String.join(" ", clients.line(Path.of("mariadb"), List.of(words), hasPassword));
  }

  @Test
  void itGoesToTheClusterAndAsksForThePassword() {
    assertThat(line(false, "shop", "-e", "select 7"))
        .isEqualTo(
            "mariadb --no-defaults --protocol=tcp --host=127.77.1.2 --port=3306 --user=shop --password shop -e select 7");
  }

  @Test
  void aPasswordThatItFindsInTheEnvironmentIsNotAskedFor() {
    assertThat(line(true)).endsWith("--user=shop");
  }

  @Test
  void aFileOfOptionsComesFirst_andMayHoldThePassword() {
    assertThat(line(false, "--defaults-file=my.cnf", "-t"))
        .startsWith("mariadb --defaults-file=my.cnf --protocol=tcp")
        .endsWith("--user=shop -t");
    assertThat(line(false, "--no-defaults", "-t"))
        .startsWith("mariadb --no-defaults --protocol=tcp")
        .endsWith("--user=shop --password -t");
  }

  @Test
  void noFileOfLoginsForOtherServersCounts() {
    assertThat(MariaDbClients.program(List.of("mysql")).environment())
        .containsEntry("MYSQL_TEST_LOGIN_FILE", "/dev/null");
  }

  @Test
  void itKnowsWhoVouchesForTheServer() throws Exception {
    var tls = Files.createDirectory(root.resolve("tls"));
    var authority = Files.createFile(tls.resolve("authority.pem"));
    assertThat(line(true)).endsWith("--ssl-ca=" + authority);
  }
}
