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

/// What clusters, their instances and plain instances are put on top of.
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
    UpgradeParts upgrades) {}
