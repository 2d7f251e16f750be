package dev.dbartifact.localengine.rds.backup;

import dev.dbartifact.localengine.rds.option.OptionMemberships;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.storage.Histories;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DescribeDbInstanceAutomatedBackupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstanceAutomatedBackupsResponse;
import software.amazon.awssdk.services.rds.model.RestoreWindow;

/// The same of each plain instance that retains backups.
///
/// See DescribeDBInstanceAutomatedBackups in the Amazon RDS API Reference.
public final class InstanceBackups {

  /// Of what is there.
  static final String ACTIVE = "active";

  private static final Map<String, Function<DBInstanceAutomatedBackup, String>> FILTERS =
      Map.of(
          "db-instance-id", DBInstanceAutomatedBackup::dbInstanceIdentifier,
          "dbi-resource-id", DBInstanceAutomatedBackup::dbiResourceId,
          "status", DBInstanceAutomatedBackup::status);

  private final Catalog catalog;
  private final Home home;
  private final Histories histories;
  private final Descriptions descriptions;

  public InstanceBackups(
      Catalog catalog, Home home, Histories histories, Descriptions descriptions) {
    this.catalog = catalog;
    this.home = home;
    this.histories = histories;
    this.descriptions = descriptions;
  }

  DescribeDbInstanceAutomatedBackupsResponse describe(
      DescribeDbInstanceAutomatedBackupsRequest request) {
    var found = found(request);
    var filters = Filters.named(request.filters(), home, Map.of("db-instance-id", "db"));
    var page =
        Page.of(
            Filters.apply(filters, FILTERS, found),
            DBInstanceAutomatedBackup::dbInstanceIdentifier,
            request.marker(),
            request.maxRecords());
    return DescribeDbInstanceAutomatedBackupsResponse.builder()
        .dbInstanceAutomatedBackups(page.items())
        .marker(page.marker())
        .build();
  }

  private List<DBInstanceAutomatedBackup> found(DescribeDbInstanceAutomatedBackupsRequest request) {
    var id = request.dbInstanceIdentifier();
    var resource = request.dbiResourceId();
    var arn = request.dbInstanceAutomatedBackupsArn();
    var found =
        all()
            .filter(each -> isAsked(id, each.dbInstanceIdentifier()))
            .filter(each -> isAsked(resource, each.dbiResourceId()))
            .filter(each -> arn == null || each.dbInstanceAutomatedBackupsArn().equals(arn))
            .sorted(Comparator.comparing(DBInstanceAutomatedBackup::dbInstanceIdentifier))
            .toList();
    var asked = Stream.of(id, resource, arn).filter(each -> each != null).toList();
    if (found.isEmpty() && !asked.isEmpty()) {
      throw RdsFault.INSTANCE_AUTOMATED_BACKUP_NOT_FOUND.with(
          "There is no automated backup of DB instance %s.", String.join(", ", asked));
    }
    return found;
  }

  private static boolean isAsked(String asked, String value) {
    return asked == null || asked.equalsIgnoreCase(value);
  }

  private Stream<DBInstanceAutomatedBackup> all() {
    return catalog.instances.all().stream()
        .filter(instance -> retains(instance.settings()))
        .flatMap(instance ->
            catalog.ownStorage(instance).stream().map(storage -> backup(instance, storage)));
  }

  private static boolean retains(DBInstance of) {
    return of.backupRetentionPeriod() != null && of.backupRetentionPeriod() > 0;
  }

  private DBInstanceAutomatedBackup backup(Instance instance, Cluster storage) {
    var of = descriptions.of(instance);
    return DBInstanceAutomatedBackup.builder()
        .dbInstanceArn(of.dbInstanceArn())
        .dbiResourceId(of.dbiResourceId())
        .dbInstanceIdentifier(of.dbInstanceIdentifier())
        .dbInstanceAutomatedBackupsArn(new BackupArns(home).ofInstance(of.dbiResourceId()))
        .region(home.region())
        .restoreWindow(window(of, storage))
        .status(hasOne(storage) ? ACTIVE : Status.CREATING)
        .applyMutation(to -> server(to, of, storage))
        .applyMutation(to -> disk(to, of))
        .backupRetentionPeriod(of.backupRetentionPeriod())
        .preferredBackupWindow(of.preferredBackupWindow())
        .backupTarget("region")
        .tagList(of.tagList())
        .build();
  }

  private static void server(DBInstanceAutomatedBackup.Builder to, DBInstance of, Cluster storage) {
    to.engine(of.engine())
        .engineVersion(of.engineVersion())
        .licenseModel(of.licenseModel())
        .masterUsername(of.masterUsername())
        .port(storage.settings().port())
        .availabilityZone(of.availabilityZone())
        .vpcId(Home.VPC)
        .instanceCreateTime(of.instanceCreateTime())
        .optionGroupName(OptionMemberships.current(of))
        .iamDatabaseAuthenticationEnabled(of.iamDatabaseAuthenticationEnabled());
  }

  private static void disk(DBInstanceAutomatedBackup.Builder to, DBInstance of) {
    to.allocatedStorage(of.allocatedStorage())
        .storageType(of.storageType())
        .iops(of.iops())
        .storageThroughput(of.storageThroughput())
        .dedicatedLogVolume(of.dedicatedLogVolume())
        .encrypted(of.storageEncrypted())
        .storageEncryptionType(of.storageEncryptionTypeAsString())
        .kmsKeyId(of.kmsKeyId());
  }

  /// Empty where the instance cannot be restored now.
  private RestoreWindow window(DBInstance of, Cluster storage) {
    if (of.latestRestorableTime() == null) {
      return RestoreWindow.builder().build();
    }
    var window = histories.window(storage);
    return RestoreWindow.builder()
        .earliestTime(window.earliest())
        .latestTime(window.latest())
        .build();
  }

  /// "Automated backups that are waiting for the first automated snapshot to be available" are
  /// `creating`.
  private boolean hasOne(Cluster storage) {
    return catalog.snapshots.all().stream()
        .anyMatch(each -> each.isAutomatedOf(storage) && each.is(Status.AVAILABLE));
  }
}
