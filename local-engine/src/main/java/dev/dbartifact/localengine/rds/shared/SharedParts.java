package dev.dbartifact.localengine.rds.shared;

import dev.dbartifact.localengine.rds.compute.ComputeParts;
import dev.dbartifact.localengine.rds.engine.EngineParts;
import dev.dbartifact.localengine.rds.network.NetworkParts;
import dev.dbartifact.localengine.rds.option.OptionParts;
import dev.dbartifact.localengine.rds.parameter.ParameterParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.report.ReportParts;
import dev.dbartifact.localengine.rds.snapshot.SnapshotParts;
import dev.dbartifact.localengine.rds.storage.StorageParts;
import dev.dbartifact.localengine.rds.upgrade.UpgradeParts;
import dev.dbartifact.localengine.rds.work.WorkParts;
import dev.dbartifact.localengine.secrets.MasterSecrets;
import dev.dbartifact.localengine.server.DatabaseHost;
import java.util.function.Supplier;

/// What clusters, instances, their backups and the recovery are put on top of.
public record SharedParts(
    RecordParts records,
    WorkParts work,
    NetworkParts network,
    EngineParts engines,
    ComputeParts compute,
    StorageParts storage,
    ParameterParts parameters,
    OptionParts options,
    ReportParts report,
    SnapshotParts snapshots,
    UpgradeParts upgrades) {

  /// Puts them on top of each other.
  ///
  /// @param secrets is asked when the first password is managed
  public static SharedParts of(
      DatabaseHost host,
      RecordParts records,
      WorkParts work,
      NetworkParts network,
      Supplier<MasterSecrets> secrets) {
    var engines = new EngineParts(host);
    var compute = new ComputeParts(host, secrets, records, work, network);
    var storage = new StorageParts(host, records, work, network, compute);
    var parameters = new ParameterParts(host, records, work, engines, compute);
    var options = new OptionParts(records, work, engines);
    var report = new ReportParts(host, records, engines, network, compute, storage);
    var snapshots = new SnapshotParts(work.clock, records, engines, storage, report);
    var upgrades =
        new UpgradeParts(host, records, work, compute, storage, parameters, report, snapshots);
    return new SharedParts(
        records,
        work,
        network,
        engines,
        compute,
        storage,
        parameters,
        options,
        report,
        snapshots,
        upgrades);
  }
}
