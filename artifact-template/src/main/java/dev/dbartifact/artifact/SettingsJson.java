package dev.dbartifact.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The JSON form of [ClusterSettings] and [SourceCluster]. Values without a wish are left out.
public final class SettingsJson {
  private SettingsJson() {}

  static void writeSource(SourceCluster source, ObjectNode node) {
    node.put("id", source.id().value());
    node.put("arn", source.arn());
    node.put("region", source.region());
    texts(source.zones(), node.putArray("zones"));
    writeSettings(source.settings(), node.putObject("settings"));
  }

  static SourceCluster readSource(JsonFields fields) {
    ClusterId id = fields.required("id", ClusterId::new);
    String arn = fields.required("arn", Function.identity());
    String region = fields.required("region", Function.identity());
    List<String> zones =
        fields.optionalList("zones", Function.<String>identity()).orElse(List.of());
    ClusterSettings settings = readSettings(fields.object("settings"));
    return fields.make(() -> new SourceCluster(id, arn, region, zones, settings));
  }

  public static void writeSettings(ClusterSettings settings, ObjectNode node) {
    node.put("engine", settings.engine().toString());
    put(node, "engineVersion", settings.engineVersion());
    put(node, "masterUsername", settings.masterUsername());
    put(node, "databaseName", settings.databaseName());
    write(settings.network(), node.putObject("network"));
    write(settings.hardware(), node.putObject("hardware"));
    write(settings.maintenance(), node.putObject("maintenance"));
    put(node.putObject("parameters"), "clusterGroup", settings.parameters().clusterGroup());
    put(
        (ObjectNode) node.get("parameters"),
        "instanceGroup",
        settings.parameters().instanceGroup());
    write(settings.storage(), node.putObject("storage"));
    write(settings.access(), node.putObject("access"));
    ObjectNode tags = node.putObject("tags");
    settings.tags().values().forEach(tags::put);
  }

  private static void write(NetworkSettings network, ObjectNode node) {
    put(node, "subnetGroup", network.subnetGroup());
    network.subnetIds().ifPresent(subnets -> texts(subnets.ids(), node.putArray("subnetIds")));
    texts(network.securityGroups(), node.putArray("securityGroups"));
    network.port().ifPresent(port -> node.put("port", port.value()));
    network.publiclyAccessible().ifPresent(is -> node.put("publiclyAccessible", is));
  }

  private static void write(HardwareSettings hardware, ObjectNode node) {
    put(node, "instanceClass", hardware.instanceClass());
    node.put("instanceCount", hardware.instanceCount());
    hardware.serverless().ifPresent(range -> write(range, node.putObject("serverless")));
  }

  private static void write(ServerlessRange range, ObjectNode node) {
    node.put("min", range.min().toPlainString());
    node.put("max", range.max().toPlainString());
  }

  private static void write(MaintenanceSettings maintenance, ObjectNode node) {
    maintenance.backupRetentionDays().ifPresent(days -> node.put("backupRetentionDays", days));
    put(node, "backupWindow", maintenance.backupWindow());
    put(node, "maintenanceWindow", maintenance.maintenanceWindow());
    maintenance.autoMinorVersionUpgrade().ifPresent(is -> node.put("autoMinorVersionUpgrade", is));
    maintenance.deletionProtection().ifPresent(is -> node.put("deletionProtection", is));
    maintenance.copyTagsToSnapshots().ifPresent(is -> node.put("copyTagsToSnapshots", is));
  }

  private static void write(StorageSettings storage, ObjectNode node) {
    put(node, "storageType", storage.storageType());
    storage.encrypted().ifPresent(is -> node.put("encrypted", is));
    put(node, "kmsKeyId", storage.kmsKeyId());
  }

  private static void write(AccessSettings access, ObjectNode node) {
    access.iamAuthentication().ifPresent(is -> node.put("iamAuthentication", is));
    access.logExports().ifPresent(logs -> texts(logs, node.putArray("logExports")));
  }

  /// Reads settings on their own.
  ///
  /// @param path where they stand, for messages
  /// @param problems takes whatever is wrong; if anything is, null comes back
  public static ClusterSettings readSettings(JsonNode settings, String path, Problems problems) {
    return readSettings(new JsonFields(settings, path, problems));
  }

  static ClusterSettings readSettings(JsonFields fields) {
    Engine engine = fields.required("engine", Engine::named);
    var version = fields.optional("engineVersion", EngineVersion::new);
    var user = fields.optional("masterUsername", MasterUsername::new);
    var database = fields.optional("databaseName", DatabaseName::new);
    NetworkSettings network = readNetwork(fields.object("network"));
    HardwareSettings hardware = readHardware(fields.object("hardware"));
    MaintenanceSettings maintenance = readMaintenance(fields.object("maintenance"));
    ParameterSettings parameters = readParameters(fields.object("parameters"));
    StorageSettings storage = readStorage(fields.object("storage"));
    AccessSettings access = readAccess(fields.object("access"));
    var tags = fields.map("tags");
    return fields.make(() ->
        new ClusterSettings(
            engine,
            version,
            user,
            database,
            network,
            hardware,
            maintenance,
            parameters,
            storage,
            access,
            Tags.of(tags)));
  }

  private static NetworkSettings readNetwork(JsonFields fields) {
    var group = fields.optional("subnetGroup", Function.<String>identity());
    var subnets = fields.optionalList("subnetIds", SubnetId::new);
    var securityGroups = fields.optionalList("securityGroups", SecurityGroupId::new);
    var port = fields.optionalInt("port");
    var isPublic = fields.optionalBoolean("publiclyAccessible");
    return fields.make(() ->
        new NetworkSettings(
            group,
            subnets.map(SubnetIds::new),
            securityGroups.orElse(List.of()),
            port.map(Port::new),
            isPublic));
  }

  private static HardwareSettings readHardware(JsonFields fields) {
    var instanceClass = fields.optional("instanceClass", InstanceClass::new);
    int count = fields.requiredInt("instanceCount");
    var serverless = fields.optionalObject("serverless").map(SettingsJson::readServerless);
    return fields.make(() -> new HardwareSettings(instanceClass, count, serverless));
  }

  private static ServerlessRange readServerless(JsonFields fields) {
    String min = fields.required("min", Function.identity());
    String max = fields.required("max", Function.identity());
    return fields.make(() -> ServerlessRange.parse(min + "-" + max));
  }

  private static MaintenanceSettings readMaintenance(JsonFields fields) {
    var retention = fields.optionalInt("backupRetentionDays");
    var backup = fields.optional("backupWindow", DailyWindow::new);
    var maintenance = fields.optional("maintenanceWindow", WeeklyWindow::new);
    var upgrade = fields.optionalBoolean("autoMinorVersionUpgrade");
    var protection = fields.optionalBoolean("deletionProtection");
    var copyTags = fields.optionalBoolean("copyTagsToSnapshots");
    return fields.make(() ->
        new MaintenanceSettings(retention, backup, maintenance, upgrade, protection, copyTags));
  }

  private static ParameterSettings readParameters(JsonFields fields) {
    var cluster = fields.optional("clusterGroup", Function.<String>identity());
    var instance = fields.optional("instanceGroup", Function.<String>identity());
    return fields.make(() -> new ParameterSettings(cluster, instance));
  }

  private static StorageSettings readStorage(JsonFields fields) {
    var type = fields.optional("storageType", Function.<String>identity());
    var encrypted = fields.optionalBoolean("encrypted");
    var key = fields.optional("kmsKeyId", Function.<String>identity());
    return fields.make(() -> new StorageSettings(type, encrypted, key));
  }

  private static AccessSettings readAccess(JsonFields fields) {
    var iam = fields.optionalBoolean("iamAuthentication");
    var logs = fields.optionalList("logExports", Function.<String>identity());
    return fields.make(() -> new AccessSettings(iam, logs));
  }

  private static void put(ObjectNode node, String name, Optional<?> value) {
    value.ifPresent(present -> node.put(name, present.toString()));
  }

  private static void texts(Collection<?> values, ArrayNode array) {
    values.forEach(value -> array.add(value.toString()));
  }
}
