package dev.dbartifact.examples;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import dev.dbartifact.converger.migration.JdbcTarget;
import dev.dbartifact.converger.migration.Login;
import dev.dbartifact.rds.AwsCalls;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;

/// A cluster of the shop, seen through the RDS API: with one instance, and a database `shop` that
/// its master user `shop` logs in to.
final class ShopCluster {
  private static final DatabaseName DATABASE = new DatabaseName("shop");
  private static final MasterUsername MASTER = new MasterUsername("shop");
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final RdsClient rds;
  private final PrintStream out;
  private final Engine engine;

  ShopCluster(RdsClient rds, PrintStream out) {
    this(rds, out, Engine.AURORA_POSTGRESQL);
  }

  /// @param engine of a cluster that is made
  ShopCluster(RdsClient rds, PrintStream out, Engine engine) {
    this.rds = rds;
    this.out = out;
    this.engine = engine;
  }

  /// Makes it unless it is there, and waits until a login works.
  JdbcTarget make(String id, Secret password) throws InterruptedException {
    boolean isNew = find(id).isEmpty();
    if (isNew) {
      createCluster(id, password);
    }
    if (find(id).orElseThrow().dbClusterMembers().isEmpty()) {
      createInstance(id);
    }
    JdbcTarget shop = awaitLogin(id, password, isNew);
    out.printf("cluster: %s %s, %s%n", id, isNew ? "made" : "was there", shop.endpoint().jdbcUrl());
    return shop;
  }

  /// Where a cluster that is there is reached.
  JdbcTarget locate(String id, Secret password) {
    DBCluster cluster =
        find(id).orElseThrow(() -> new IllegalStateException("there is no cluster " + id));
    return target(cluster, password);
  }

  private void createCluster(String id, Secret password) {
    rds.createDBCluster(wish ->
        wish.dbClusterIdentifier(id)
            .engine(engine.toString())
            .databaseName(DATABASE.value())
            .masterUsername(MASTER.value())
            .masterUserPassword(password.reveal()));
  }

  private void createInstance(String id) {
    rds.createDBInstance(wish ->
        wish.dbInstanceIdentifier(id + "-1")
            .dbClusterIdentifier(id)
            .engine(engine.toString())
            .dbInstanceClass("db.r6g.large"));
  }

  private JdbcTarget awaitLogin(String id, Secret password, boolean isNew)
      throws InterruptedException {
    Instant giveUp = Instant.now().plus(PATIENCE);
    Login last = new Login.NotYet("nobody asked");
    var watch = new ClusterWatch(rds, out);
    while (Instant.now().isBefore(giveUp)) {
      DBCluster cluster = find(id).orElseThrow(() -> new IllegalStateException(id + " is gone"));
      watch.look(cluster);
      if (cluster.status().equals("available")) {
        JdbcTarget shop = target(cluster, password);
        last = Login.attempt(shop, Duration.ofSeconds(2));
        if (last instanceof Login.Answered) {
          return shop;
        }
        refuseOldPassword(last, isNew);
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
    throw new IllegalStateException(id + " did not answer in " + PATIENCE + ": " + last);
  }

  private static void refuseOldPassword(Login login, boolean isNew) {
    if (!isNew && login instanceof Login.Refused refused) {
      throw new IllegalStateException(
          "it is there, but was made with another password: " + refused.reason());
    }
  }

  private Optional<DBCluster> find(String id) {
    return AwsCalls.call(
        "Could not read cluster '" + id + "'",
        () -> {
          try {
            return rds
                .describeDBClusters(wish -> wish.dbClusterIdentifier(id))
                .dbClusters()
                .stream()
                .findFirst();
          } catch (DbClusterNotFoundException absent) {
            return Optional.empty();
          }
        });
  }

  private static JdbcTarget target(DBCluster cluster, Secret password) {
    return new JdbcTarget(
        new DatabaseEndpoint(
            Engine.named(cluster.engine()),
            cluster.endpoint(),
            new Port(cluster.port()),
            DATABASE,
            MASTER),
        password);
  }
}
