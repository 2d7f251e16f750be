package dev.dbartifact.localengine.rds.subscription;

import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.work.WorkParts;
import java.util.List;

/// The parts of this package, put together.
public final class SubscriptionParts {

  /// The classes of [#actions].
  public static final List<Class<? extends RdsActions>> ACTIONS =
      List.of(SubscriptionActions.class);

  public final Subscriptions subscriptions;
  public final List<RdsActions> actions;

  public SubscriptionParts(RecordParts records, WorkParts work) {
    subscriptions = new Subscriptions(records.catalog, records.home, work.clock, work.pacing);
    actions = List.of(new SubscriptionActions(subscriptions));
  }
}
