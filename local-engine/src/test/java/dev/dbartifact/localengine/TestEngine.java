package dev.dbartifact.localengine;

import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.misbehaviour.Rules;
import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.rds.request.Home;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;

/// An engine over a fake host, and the SDK's client that talks to it over the wire.
final class TestEngine implements AutoCloseable {

  static final AccessKey KEY = new AccessKey("LKIATESTTESTTESTTEST", "secret-of-the-tests");
  static final String PASSWORD = "correct-horse";

  private static final Duration PAUSE = Duration.ofMillis(2);

  final FakeDatabaseHost host;
  final LocalEngine engine;
  final RdsClient rds;

  private TestEngine(FakeDatabaseHost host, LocalEngine engine) {
    this.host = host;
    this.engine = engine;
    this.rds = client(engine, KEY);
  }

  static TestEngine start(Path memory) throws Exception {
    return start(memory, new FakeDatabaseHost(), Clock.systemUTC());
  }

  static TestEngine start(LocalEngine.Options options) throws Exception {
    return start(options, new FakeDatabaseHost());
  }

  static TestEngine start(LocalEngine.Options options, FakeDatabaseHost host) throws Exception {
    return new TestEngine(host, LocalEngine.start(options, host));
  }

  /// @param most how many clusters, and how many instances, there may be
  static LocalEngine.Options options(Path memory, int most) {
    return options(memory, "memory", Clock.systemUTC(), Pace.INSTANT, most);
  }

  /// Of an engine over a real host.
  static LocalEngine.Options options(Path memory, String storage) {
    return options(memory, storage, Clock.systemUTC());
  }

  /// The same, with a clock of its own.
  static LocalEngine.Options options(Path memory, String storage, Clock clock) {
    return options(memory, storage, clock, Pace.INSTANT, LocalEngine.Options.MOST_ON_AWS);
  }

  private static LocalEngine.Options options(
      Path memory, String storage, Clock clock, Pace pace, int most) {
    return new LocalEngine.Options(
        memory,
        Reach.LOOPBACK,
        new Home("us-west-2", "000000000000"),
        KEY,
        clock,
        storage,
        pace,
        Rules.NONE,
        most);
  }

  static TestEngine start(Path memory, FakeDatabaseHost host, Clock clock) throws Exception {
    return start(memory, host, clock, Pace.INSTANT);
  }

  static TestEngine start(Path memory, FakeDatabaseHost host, Clock clock, Pace pace)
      throws Exception {
    var options = options(memory, "memory", clock, pace, LocalEngine.Options.MOST_ON_AWS);
    host.history.clock = clock;
    return new TestEngine(host, LocalEngine.start(options, host));
  }

  static RdsClient client(LocalEngine engine, AccessKey key) {
    return client(engine, key, Region.US_WEST_2);
  }

  static RdsClient client(LocalEngine engine, AccessKey key, Region region) {
    return RdsClient.builder()
        .endpointOverride(engine.endpoint())
        .region(region)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(config -> config.retryStrategy(RetryMode.LEGACY))
        .build();
  }

  /// A cluster with its writer, both available.
  DBCluster cluster(String id) {
    create(id);
    createInstance(id + "-1", id);
    await(id, cluster -> cluster.status().equals("available"));
    awaitInstance(id + "-1", instance -> instance.dbInstanceStatus().equals("available"));
    return describe(id);
  }

  DBCluster create(String id) {
    return rds.createDBCluster(request ->
            request
                .dbClusterIdentifier(id)
                .engine("aurora-postgresql")
                .masterUsername("shop")
                .masterUserPassword(PASSWORD))
        .dbCluster();
  }

  DBInstance createInstance(String id, String cluster) {
    return rds.createDBInstance(request ->
            request
                .dbInstanceIdentifier(id)
                .dbClusterIdentifier(cluster)
                .dbInstanceClass("db.r6g.large")
                .engine("aurora-postgresql"))
        .dbInstance();
  }

  DBCluster restore(String id, String source) {
    return rds.restoreDBClusterToPointInTime(request ->
            request
                .dbClusterIdentifier(id)
                .sourceDBClusterIdentifier(source)
                .restoreType("copy-on-write")
                .useLatestRestorableTime(true))
        .dbCluster();
  }

  DBCluster describe(String id) {
    return rds.describeDBClusters(request -> request.dbClusterIdentifier(id))
        .dbClusters()
        .getFirst();
  }

  DBInstance describeInstance(String id) {
    return rds.describeDBInstances(request -> request.dbInstanceIdentifier(id))
        .dbInstances()
        .getFirst();
  }

  /// What goes on by itself.
  static void withoutTimes(DBCluster.Builder cluster) {
    cluster.earliestRestorableTime(null).latestRestorableTime(null);
  }

  FakeDatabaseHost.Volume volume(DBCluster cluster) {
    return host.volumes.get(
        new dev.dbartifact.localengine.server.StorageId(
            cluster.dbClusterResourceId().toLowerCase(java.util.Locale.ROOT)));
  }

  DBCluster await(String id, Predicate<DBCluster> condition) {
    await("cluster " + id, () -> condition.test(describe(id)));
    return describe(id);
  }

  DBInstance awaitInstance(String id, Predicate<DBInstance> condition) {
    await("instance " + id, () -> condition.test(describeInstance(id)));
    return describeInstance(id);
  }

  void awaitGone(String id) {
    await("the end of cluster " + id, () -> isGone(id));
  }

  private boolean isGone(String id) {
    try {
      describe(id);
      return false;
    } catch (DbClusterNotFoundException e) {
      return true;
    }
  }

  void awaitInstanceGone(String id) {
    await(
        "the end of instance " + id,
        () -> {
          try {
            describeInstance(id);
            return false;
          } catch (DbInstanceNotFoundException e) {
            return true;
          }
        });
  }

  static void await(String what, BooleanSupplier condition) {
    Waiting.until(what, Waiting.PATIENCE, PAUSE, condition::getAsBoolean);
  }

  @Override
  public void close() {
    rds.close();
    engine.close();
  }
}
