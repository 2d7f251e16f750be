package dev.dbartifact.converger.steps;

import dev.dbartifact.converger.options.Hazard;
import java.util.Set;

/// One step of a plan: a value until it is run.
public sealed interface Step
    permits AddInstance,
        AwaitReady,
        CloneSource,
        ConfirmLogin,
        CreateEmptyCluster,
        MakeSubnetGroup,
        MigrateSchema,
        ModifySettings,
        ModifyInstanceSettings,
        RebootInstance,
        RemoveInstance,
        SealCluster,
        SetTags {
  /// What it does, as a sentence in the imperative, without a full stop.
  String sentence();

  /// Whether it has to wait until an earlier step of the plan is done.
  boolean needs(Step earlier);

  /// Whether its request has to come after that of an earlier step, which need not be done.
  default boolean follows(Step earlier) {
    return false;
  }

  /// What it may do to those who use the database now.
  default Set<Hazard> hazards() {
    return Set.of();
  }

  /// Whether it changes anything; waiting and looking do not.
  default boolean changes() {
    return true;
  }

  /// Whether it cannot be done without the master password.
  default boolean needsPassword() {
    return false;
  }

  /// Does it, and waits until it is done as far as later steps need it.
  void run(StepWorld world) throws InterruptedException, StepException;
}
