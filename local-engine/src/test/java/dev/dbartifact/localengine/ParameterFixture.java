package dev.dbartifact.localengine;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.rds.model.Parameter;

/// A cluster of one instance, each with a parameter group of its own.
abstract class ParameterFixture extends EngineFixture {

  @RegisterExtension
  static final QuietLog QUIET = QuietLog.of("rds.compute", "rds.storage", "rds.work");

  static final String FAMILY = "aurora-postgresql17";

  @BeforeEach
  void makeACluster() {
    engine.rds.createDBClusterParameterGroup(r ->
        r.dbClusterParameterGroupName("tuned").dbParameterGroupFamily(FAMILY).description("d"));
    engine.rds.createDBParameterGroup(
        r -> r.dbParameterGroupName("own").dbParameterGroupFamily(FAMILY).description("d"));
    engine.rds.createDBCluster(r ->
        r.dbClusterIdentifier("shop")
            .engine("aurora-postgresql")
            .dbClusterParameterGroupName("tuned")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier("shop-1")
            .dbClusterIdentifier("shop")
            .dbInstanceClass("db.r6g.large")
            .dbParameterGroupName("own")
            .engine("aurora-postgresql"));
    awaitAvailable();
  }

  void ofCluster(String name, String value, String method) {
    engine.rds.modifyDBClusterParameterGroup(
        r -> r.dbClusterParameterGroupName("tuned").parameters(parameter(name, value, method)));
  }

  void ofInstance(String name, String value, String method) {
    engine.rds.modifyDBParameterGroup(
        r -> r.dbParameterGroupName("own").parameters(parameter(name, value, method)));
  }

  static Parameter parameter(String name, String value, String method) {
    return Parameter.builder()
        .parameterName(name)
        .parameterValue(value)
        .applyMethod(method)
        .build();
  }

  void reboot() {
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    awaitAvailable();
  }

  void awaitAvailable() {
    engine.awaitInstance("shop-1", each -> each.dbInstanceStatus().equals("available"));
  }

  Map<String, String> ofTheServer() {
    return host.parameters.get(volume("shop"));
  }

  String ofTheCluster() {
    return engine.describe("shop").dbClusterMembers().getFirst().dbClusterParameterGroupStatus();
  }

  String ofTheInstance() {
    return engine.describeInstance("shop-1").dbParameterGroups().getFirst().parameterApplyStatus();
  }
}
