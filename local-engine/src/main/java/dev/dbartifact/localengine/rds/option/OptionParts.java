package dev.dbartifact.localengine.rds.option;

import dev.dbartifact.localengine.rds.engine.EngineParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.work.WorkParts;
import java.util.List;

/// The parts of this package, put together.
public final class OptionParts {

  /// The classes of [#actions].
  public static final List<Class<? extends RdsActions>> ACTIONS = List.of(OptionGroupActions.class);

  public final OptionGroups groups;
  public final List<RdsActions> actions;

  public OptionParts(RecordParts records, WorkParts work, EngineParts engines) {
    groups = new OptionGroups(records.catalog, records.home, engines.versions);
    var changes = new OptionGroupChanges(records.catalog, records.home, groups, work.clock);
    actions = List.of(new OptionGroupActions(changes, new OptionGroupQueries(groups)));
  }
}
