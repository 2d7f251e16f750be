package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DBEngineVersion;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.RdsException;

/// Clusters of Aurora MySQL, whose servers are MariaDB's.
class AuroraMySqlTest {

  private static final String VERSION = "8.0.mysql_aurora.3.08.2";

  @TempDir Path memory;
  private final FakeDatabaseHost host = new FakeDatabaseHost();
  private TestEngine engine;

  @BeforeEach
  void start() throws Exception {
    host.mariaDb = List.of("10.11.19");
    engine = TestEngine.start(memory, host, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void theVersionSaysWhatStandsBehindIt() {
    var versions =
        engine
            .rds
            .describeDBEngineVersions(request -> request.engine("aurora-mysql"))
            .dbEngineVersions();

    assertThat(versions)
        .extracting(DBEngineVersion::engineVersion)
        .startsWith("8.0.mysql_aurora.3.04.0")
        .contains(VERSION);
    assertThat(versions)
        .allSatisfy(each -> {
          assertThat(each.dbParameterGroupFamily()).isEqualTo("aurora-mysql8.0");
          assertThat(each.dbEngineVersionDescription()).isEqualTo("MariaDB 10.11.19");
        });
  }

  @Test
  void aClusterHasWhatMySqlHas() {
    var made = create(request -> request.masterUsername("admin").engineVersion("8.0"));

    assertThat(made.engineVersion()).isEqualTo(VERSION);
    assertThat(made.port()).isEqualTo(3306);
    assertThat(made.dbClusterParameterGroup()).isEqualTo("default.aurora-mysql8.0");
    engine.await("my", cluster -> cluster.status().equals("available"));
    assertThat(engine.volume(made).version()).isEqualTo("10.11.19");
  }

  @Test
  void itsSnapshotsHaveALicenseOfTheirOwn() {
    create(_ -> {});
    engine.await("my", cluster -> cluster.status().equals("available"));

    var made =
        engine.rds.createDBClusterSnapshot(
            request -> request.dbClusterIdentifier("my").dbClusterSnapshotIdentifier("kept"));
    assertThat(made.dbClusterSnapshot().licenseModel()).isEqualTo("aurora-mysql");
  }

  private software.amazon.awssdk.services.rds.model.DBCluster create(
      Consumer<CreateDbClusterRequest.Builder> more) {
    return engine
        .rds
        .createDBCluster(request -> {
          request
              .dbClusterIdentifier("my")
              .engine("aurora-mysql")
              .masterUsername("shop")
              .masterUserPassword(TestEngine.PASSWORD);
          more.accept(request);
        })
        .dbCluster();
  }

  @Test
  void whatMySqlHasNotIsRefused() {
    refused("Cannot find version 5.7 for aurora-mysql", to -> to.engineVersion("5.7"));
    refused("at most 16", to -> to.masterUsername("seventeen_letters"));
    refused("reserved word", to -> to.masterUsername("rdsadmin"));
    refused("reserved word", to -> to.databaseName("mysql"));
    refused("log types 'postgresql'", to -> to.enableCloudwatchLogsExports("postgresql"));
    refused(
        "cannot be used for this instance",
        to -> to.dbClusterParameterGroupName("default.aurora-postgresql17"));
    assertThat(engine.rds.describeDBClusters().dbClusters()).isEmpty();
  }

  private void refused(String why, Consumer<CreateDbClusterRequest.Builder> wanted) {
    assertThatThrownBy(() -> create(wanted))
        .isInstanceOf(RdsException.class)
        .hasMessageContaining(why);
  }

  @Test
  void anInstanceIsOfTheEngineOfItsCluster() {
    create(_ -> {});

    assertThatThrownBy(() -> engine.createInstance("my-1", "my"))
        .hasMessageContaining("doesn't match the engine name of your DB cluster (aurora-mysql)");
  }

  @Test
  void aSecondInstanceReadsAndCanTakeOver() {
    create(_ -> {});
    createInstance("my-1");
    createInstance("my-2");
    assertThat(host.followed).hasSize(1);

    engine.rds.failoverDBCluster(request -> request.dbClusterIdentifier("my"));

    var cluster = engine.await("my", each -> each.status().equals("available"));
    assertThat(cluster.dbClusterMembers())
        .filteredOn(DBClusterMember::isClusterWriter)
        .extracting(DBClusterMember::dbInstanceIdentifier)
        .containsExactly("my-2");
    assertThat(host.parameters.values()).noneMatch(each -> each.containsKey("log_bin"));
  }

  private void createInstance(String id) {
    engine.rds.createDBInstance(request ->
        request
            .dbInstanceIdentifier(id)
            .dbClusterIdentifier("my")
            .engine("aurora-mysql")
            .dbInstanceClass("db.r6g.large"));
    engine.awaitInstance(id, each -> each.dbInstanceStatus().equals("available"));
  }

  @Test
  void parametersAreThoseOfTheServer() {
    engine.rds.createDBClusterParameterGroup(request ->
        request
            .dbClusterParameterGroupName("own")
            .dbParameterGroupFamily("aurora-mysql8.0")
            .description("own"));
    engine.rds.modifyDBClusterParameterGroup(request ->
        request
            .dbClusterParameterGroupName("own")
            .parameters(parameter("max_connections", "50", ApplyMethod.IMMEDIATE)));

    assertThat(
            engine
                .rds
                .describeDBClusterParameters(request -> request.dbClusterParameterGroupName("own"))
                .parameters())
        .extracting(Parameter::parameterName)
        .containsExactly("max_connections", "performance_schema", "socket");
    assertThatThrownBy(() ->
            engine.rds.modifyDBClusterParameterGroup(request ->
                request
                    .dbClusterParameterGroupName("own")
                    .parameters(parameter("socket", "/tmp/s", ApplyMethod.IMMEDIATE))))
        .hasMessageContaining("cannot be modified");
    assertThatThrownBy(() ->
            engine.rds.modifyDBClusterParameterGroup(request ->
                request
                    .dbClusterParameterGroupName("own")
                    .parameters(parameter("performance_schema", "1", ApplyMethod.IMMEDIATE))))
        .hasMessageContaining("immediate apply method for static parameter");
  }

  private static Parameter parameter(String name, String value, ApplyMethod method) {
    return Parameter.builder()
        .parameterName(name)
        .parameterValue(value)
        .applyMethod(method)
        .build();
  }
}
