package dev.dbartifact.localengine.rds.offer;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.OfferedClasses;
import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.rds.plain.DiskTypes;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.AvailabilityZone;
import software.amazon.awssdk.services.rds.model.DescribeOrderableDbInstanceOptionsRequest;
import software.amazon.awssdk.services.rds.model.DescribeOrderableDbInstanceOptionsResponse;
import software.amazon.awssdk.services.rds.model.DescribePendingMaintenanceActionsRequest;
import software.amazon.awssdk.services.rds.model.DescribePendingMaintenanceActionsResponse;
import software.amazon.awssdk.services.rds.model.OrderableDBInstanceOption;

/// What a client asks before it asks for something: classes and maintenance.
public final class Offers {

  /// On one page, more than of other listings: see `MaxRecords` in the API Reference.
  private static final int MOST_OPTIONS = 1000;

  private final Catalog catalog;
  private final Home home;
  private final Versions versions;

  public Offers(Catalog catalog, Home home, Versions versions) {
    this.catalog = catalog;
    this.home = home;
    this.versions = versions;
  }

  DescribeOrderableDbInstanceOptionsResponse orderable(
      DescribeOrderableDbInstanceOptionsRequest request) {
    var engine = Engine.of(request.engine());
    Filters.apply(request.filters(), Map.of(), List.of());
    var shown =
        versions.all(engine).reversed().stream()
            .filter(version -> isAsked(request.engineVersion(), version.number()))
            .flatMap(Offers::pairs)
            .map(this::option)
            .filter(each -> isAsked(request.dbInstanceClass(), each.dbInstanceClass()))
            .filter(each -> isAsked(request.licenseModel(), each.licenseModel()))
            .filter(each -> !Boolean.FALSE.equals(request.vpc()))
            .toList();
    var page = Page.numbered(shown, request.marker(), request.maxRecords(), MOST_OPTIONS);
    return DescribeOrderableDbInstanceOptionsResponse.builder()
        .orderableDBInstanceOptions(page.items())
        .marker(page.marker())
        .build();
  }

  /// A class of instances with a type of storage that it can have.
  private record Pair(EngineVersion version, String instanceClass, String storageType) {}

  private static Stream<Pair> pairs(EngineVersion version) {
    var aurora = version.engine().isAurora();
    var types = aurora ? List.of("aurora") : List.of("gp2", "gp3", "io1");
    return OfferedClasses.of(version.engine()).stream()
        .flatMap(each -> types.stream().map(type -> new Pair(version, each, type)));
  }

  private OrderableDBInstanceOption option(Pair pair) {
    var version = pair.version();
    var provisioned = pair.storageType().equals("io1");
    var aurora = version.engine().isAurora();
    return speeds(pair.storageType())
        .engine(version.engine().title())
        .engineVersion(version.number())
        .dbInstanceClass(pair.instanceClass())
        .licenseModel(version.engine().license())
        .availableProcessorFeatures(List.of())
        .availabilityZones(
            home.zones().stream()
                .map(zone -> AvailabilityZone.builder().name(zone).build())
                .toList())
        .multiAZCapable(!aurora)
        .readReplicaCapable(!aurora)
        .vpc(true)
        .supportsStorageEncryption(true)
        .storageType(pair.storageType())
        .supportsEnhancedMonitoring(true)
        .supportsIAMDatabaseAuthentication(true)
        .supportsPerformanceInsights(true)
        .supportedEngineModes("provisioned")
        .minStorageSize(aurora ? null : provisioned ? 100 : 20)
        .maxStorageSize(aurora ? null : 65536)
        .supportsStorageAutoscaling(!aurora)
        .supportsKerberosAuthentication(false)
        .outpostCapable(false)
        .supportsGlobalDatabases(false)
        .supportedNetworkTypes("IPV4")
        .supportsClusters(aurora)
        .supportsDedicatedLogVolume(false)
        .build();
  }

  /// What can be asked of a disk of the type, and how much of it.
  private static OrderableDBInstanceOption.Builder speeds(String storageType) {
    var builder = OrderableDBInstanceOption.builder();
    return switch (storageType) {
      case "io1" ->
          builder
              .supportsIops(true)
              .supportsStorageThroughput(false)
              .minIopsPerDbInstance(DiskTypes.LEAST_IOPS)
              .maxIopsPerDbInstance(DiskTypes.MOST_IOPS)
              .minIopsPerGib(DiskTypes.LEAST_IOPS_PER_GIB)
              .maxIopsPerGib(DiskTypes.mostIopsPerGib(storageType));
      case "gp3" ->
          builder
              .supportsIops(true)
              .supportsStorageThroughput(true)
              .minIopsPerDbInstance(DiskTypes.GENERAL_IOPS)
              .maxIopsPerDbInstance(DiskTypes.MOST_STRIPED_IOPS)
              .minStorageThroughputPerDbInstance(DiskTypes.GENERAL_THROUGHPUT)
              .maxStorageThroughputPerDbInstance(DiskTypes.MOST_THROUGHPUT);
      default -> builder.supportsIops(false).supportsStorageThroughput(false);
    };
  }

  /// There never is any; what is asked about must exist.
  DescribePendingMaintenanceActionsResponse pendingMaintenance(
      DescribePendingMaintenanceActionsRequest request) {
    Filters.apply(
        request.filters(),
        Map.of("db-cluster-id", any -> "", "db-instance-id", any -> ""),
        List.of());
    Page.of(List.of(), Object::toString, request.marker(), request.maxRecords());
    if (request.resourceIdentifier() != null && !exists(request.resourceIdentifier())) {
      throw RdsFault.RESOURCE_NOT_FOUND.with(
          "The specified resource %s can't be found.", request.resourceIdentifier());
    }
    return DescribePendingMaintenanceActionsResponse.builder()
        .pendingMaintenanceActions(List.of())
        .build();
  }

  private boolean exists(String arn) {
    return home.resource(arn)
        .filter(of ->
            switch (of.kind()) {
              case "cluster" -> catalog.cluster(of.name()).isPresent();
              case "db" -> catalog.instance(of.name()).isPresent();
              default -> false;
            })
        .isPresent();
  }

  private static boolean isAsked(String asked, String value) {
    return asked == null || asked.equals(value);
  }
}
