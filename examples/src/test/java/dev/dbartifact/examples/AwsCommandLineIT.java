package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The AWS command line against the local engine, with nothing set but what `env` prints.
@ExtendWith(WorkshopExtension.class)
class AwsCommandLineIT {
  private static final String PASSWORD = "fr0m-the-shell";

  @Test
  void itMakesACluster_clonesItCopyOnWrite_andReadsItsRowsInTheClone(Workshop workshop)
      throws Exception {
    Prerequisites.command("aws", "against the local engine");
    ShopCopy source = workshop.copy("cli-source");
    ShopCopy clone = workshop.copy("cli-clone");
    try {
      aws(
          workshop,
          "create-db-cluster",
          source.id(),
          "--engine",
          "aurora-postgresql",
          "--master-username",
          "cli",
          "--master-user-password",
          PASSWORD);
      addInstance(workshop, source);
      execute(
          source,
          "CREATE TABLE notes AS SELECT 'note ' || n AS text FROM generate_series(1, 1000) n");

      aws(
          workshop,
          "restore-db-cluster-to-point-in-time",
          clone.id(),
          "--source-db-cluster-identifier",
          source.id(),
          "--restore-type",
          "copy-on-write",
          "--use-latest-restorable-time");
      addInstance(workshop, clone);

      assertThat(value(clone, "SELECT count(*) || ', ' || max(text) FROM notes"))
          .isEqualTo("1000, note 999");
      JsonNode described = aws(workshop, "describe-db-clusters", clone.id());
      assertThat(described.at("/DBClusters/0/Status").asText()).isEqualTo("available");
      assertThat(described.at("/DBClusters/0/CloneGroupId").asText()).isNotBlank();
    } finally {
      clone.remove();
      source.remove();
    }
  }

  private static void addInstance(Workshop workshop, ShopCopy cluster) throws Exception {
    run(
        workshop,
        List.of(
            "create-db-instance",
            "--db-instance-identifier",
            cluster.id() + "-1",
            "--db-cluster-identifier",
            cluster.id(),
            "--db-instance-class",
            "db.r6g.large",
            "--engine",
            "aurora-postgresql"));
    Await.until(
        cluster.id(), () -> cluster.instances().getFirst().dbInstanceStatus().equals("available"));
  }

  private static JsonNode aws(Workshop workshop, String command, String cluster, String... more)
      throws Exception {
    var words = new ArrayList<>(List.of(command, "--db-cluster-identifier", cluster));
    words.addAll(List.of(more));
    return run(workshop, words);
  }

  /// With the user's own home, where the interpreter of the command line may live, but not with
  /// what it keeps there for AWS.
  private static JsonNode run(Workshop workshop, List<String> words) throws Exception {
    String nothing = workshop.home().resolve("nothing").toString();
    return new Program("aws", "rds")
        .arguments(words)
        .with("PATH", System.getenv("PATH"))
        .with(workshop.engine().variables())
        .with("HOME", System.getProperty("user.home"))
        .with("AWS_CONFIG_FILE", nothing)
        .with("AWS_SHARED_CREDENTIALS_FILE", nothing)
        .run()
        .exits(0)
        .json();
  }

  private static void execute(ShopCopy cluster, String sql) throws SQLException {
    try (Connection connection = connect(cluster);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(ShopCopy cluster, String sql) throws SQLException {
    try (Connection connection = connect(cluster);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection connect(ShopCopy cluster) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/postgres"
            .formatted(cluster.cluster().endpoint(), cluster.cluster().port()),
        "cli",
        PASSWORD);
  }
}
