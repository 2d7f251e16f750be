package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import dev.dbartifact.converger.migration.JdbcTarget;
import dev.dbartifact.converger.migration.Login;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.Tag;

/// A copy of the shop, as RDS and as SQL show it, and what has to be true of it.
final class ShopCopy {
  private final String id;
  private final RdsClient rds;
  private final JdbcTarget source;

  ShopCopy(String id, RdsClient rds, JdbcTarget source) {
    this.id = id;
    this.rds = rds;
    this.source = source;
  }

  String id() {
    return id;
  }

  Optional<DBCluster> find() {
    try {
      return Optional.of(
          rds.describeDBClusters(wish -> wish.dbClusterIdentifier(id)).dbClusters().getFirst());
    } catch (DbClusterNotFoundException absent) {
      return Optional.empty();
    }
  }

  DBCluster cluster() {
    return find().orElseThrow(() -> new AssertionError("There is no cluster " + id));
  }

  List<DBInstance> instances() {
    return cluster().dbClusterMembers().stream()
        .map(member ->
            rds.describeDBInstances(
                    wish -> wish.dbInstanceIdentifier(member.dbInstanceIdentifier()))
                .dbInstances()
                .getFirst())
        .toList();
  }

  /// What a copy was told to be, of cluster and instances.
  List<Object> settings() {
    DBCluster cluster = cluster();
    var settings = new ArrayList<Object>();
    settings.add(cluster.engineVersion());
    settings.add(cluster.masterUsername());
    settings.add(cluster.backupRetentionPeriod());
    settings.add(cluster.preferredBackupWindow());
    settings.add(cluster.preferredMaintenanceWindow());
    settings.add(cluster.deletionProtection());
    settings.add(cluster.copyTagsToSnapshot());
    settings.add(cluster.dbSubnetGroup());
    settings.add(cluster.dbClusterParameterGroup());
    settings.add(cluster.vpcSecurityGroups());
    for (DBInstance instance : instances()) {
      settings.add(instance.dbInstanceClass());
      settings.add(instance.autoMinorVersionUpgrade());
      settings.add(instance.publiclyAccessible());
      settings.add(instance.dbParameterGroups());
    }
    return settings;
  }

  Map<String, String> tags() {
    return cluster().tagList().stream()
        .collect(Collectors.toMap(Tag::key, Tag::value, (one, other) -> one, TreeMap::new));
  }

  JdbcTarget login(String password) {
    return login(cluster().endpoint(), password);
  }

  private JdbcTarget login(String address, String password) {
    DBCluster cluster = cluster();
    return new JdbcTarget(
        new DatabaseEndpoint(
            Engine.named(cluster.engine()),
            address,
            new Port(cluster.port()),
            new DatabaseName("shop"),
            new MasterUsername(cluster.masterUsername())),
        Secret.masterPassword(password));
  }

  /// The rows of a query, columns separated by commas.
  List<String> query(String sql) throws SQLException {
    return query(cluster().endpoint(), sql);
  }

  private List<String> query(String address, String sql) throws SQLException {
    var rows = new ArrayList<String>();
    try (Connection connection = ShopSession.open(login(address, Workshop.PASSWORD));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        var row = new ArrayList<String>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          row.add(result.getString(column));
        }
        rows.add(String.join(",", row));
      }
    }
    return rows;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = ShopSession.open(login(Workshop.PASSWORD));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Everybody's rows are the same, and what is written to one does not reach the other.
  ShopCopy holdsTheRowsOfItsSource_andIsApartFromIt() throws Exception {
    var report = new ByteArrayOutputStream();
    boolean alike =
        CompareShops.compare(source, login(Workshop.PASSWORD), new PrintStream(report, true));
    assertThat(alike).as(report.toString()).isTrue();
    return this;
  }

  /// What is written at the one endpoint is soon read at the other.
  ShopCopy showsItsRowsAtTheReaderEndpoint_andRefusesToWriteThere() throws Exception {
    assertThat(instances()).hasSize(2);
    assertThat(cluster().dbClusterMembers())
        .filteredOn(DBClusterMember::isClusterWriter)
        .hasSize(1);
    var reader = cluster().readerEndpoint();
    assertThat(reader).isNotEqualTo(cluster().endpoint());
    execute("CREATE TABLE IF NOT EXISTS news (id int)");
    execute("INSERT INTO news SELECT count(*) FROM news");
    var written = query("SELECT count(*) FROM news");
    Await.until("the reader", () -> seen(reader, "SELECT count(*) FROM news").equals(written));
    assertThat(query(reader, "SELECT count(*) FROM customers"))
        .isEqualTo(query("SELECT count(*) FROM customers"));
    assertThatThrownBy(() -> query(reader, "DELETE FROM news RETURNING id"))
        .hasMessageContaining("read-only transaction");
    return this;
  }

  /// Nothing while the table is not there yet.
  private List<String> seen(String address, String sql) {
    try {
      return query(address, sql);
    } catch (SQLException e) {
      if ("42P01".equals(e.getSQLState())) {
        return List.of();
      }
      throw new AssertionError(e);
    }
  }

  ShopCopy followsTheUserOfItsSource_withAPasswordOfItsOwn() {
    assertThat(cluster().masterUsername()).isEqualTo(source.endpoint().user().value());
    return takesThePassword(Workshop.PASSWORD)
        .refusesThePassword(Workshop.SOURCE_PASSWORD.reveal());
  }

  ShopCopy takesThePassword(String password) {
    assertThat(Login.attempt(login(password), Duration.ofSeconds(10)))
        .isInstanceOf(Login.Answered.class);
    return this;
  }

  ShopCopy refusesThePassword(String password) {
    assertThat(Login.attempt(login(password), Duration.ofSeconds(10)))
        .isInstanceOf(Login.Refused.class);
    return this;
  }

  /// Says that it has converged, in a tag that could not be another cluster's.
  ShopCopy isSealed() {
    assertThat(cluster().status()).isEqualTo("available");
    assertThat(tags().get("db-artifact:seal"))
        .isEqualTo(id + "/" + tags().get("db-artifact:fingerprint"));
    return this;
  }

  ShopCopy isNotThere() {
    assertThat(find()).isEmpty();
    return this;
  }

  /// Ends it, whatever state it is in.
  void remove() throws Exception {
    Optional<DBCluster> found = find();
    if (found.isEmpty()) {
      return;
    }
    if (found.get().deletionProtection()) {
      rds.modifyDBCluster(
          wish -> wish.dbClusterIdentifier(id).deletionProtection(false).applyImmediately(true));
    }
    for (var member : found.get().dbClusterMembers()) {
      rds.deleteDBInstance(
          wish -> wish.dbInstanceIdentifier(member.dbInstanceIdentifier()).skipFinalSnapshot(true));
    }
    rds.deleteDBCluster(wish -> wish.dbClusterIdentifier(id).skipFinalSnapshot(true));
    Await.until("the end of " + id, () -> find().isEmpty());
  }
}
