package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.compute.EffectiveParameters;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Brings the changes of groups to the servers that use them: at once where that is wanted and
/// possible, else at the next reboot.
public final class ParameterApplication {

  private final Catalog catalog;
  private final EffectiveParameters effective;
  private final ServerWork work;

  public ParameterApplication(Catalog catalog, EffectiveParameters effective, ServerWork work) {
    this.catalog = catalog;
    this.effective = effective;
    this.work = work;
  }

  void clusterGroupChanged(String group, GroupParameters.Changed change) {
    changed(
        instance ->
            catalog
                .clusters
                .find(instance.storage())
                .filter(each -> group.equals(each.settings().dbClusterParameterGroup()))
                .isPresent(),
        change,
        Lag.Group.OF_CLUSTER);
  }

  void instanceGroupChanged(String group, GroupParameters.Changed change) {
    changed(
        instance ->
            instance.settings().dbParameterGroups().stream()
                .anyMatch(used -> group.equals(used.dbParameterGroupName())),
        change,
        Lag.Group.OWN);
  }

  private void changed(Predicate<Instance> uses, GroupParameters.Changed change, Lag.Group group) {
    catalog.instances.all().stream()
        .filter(uses)
        .filter(instance -> !instance.is(Status.DELETING))
        .forEach(instance -> change(instance, change, group));
  }

  private void change(Instance instance, GroupParameters.Changed change, Lag.Group group) {
    var applied = applied(instance, change.immediate());
    var changed = instance.applying(applied);
    var told = !applied.equals(instance.applied());
    catalog.instances.put(Lag.of(changed, effective).shown(group, change.touched(), told));
    if (told) {
      // Whatever goes on now, it waits for that, and does nothing where no server runs then.
      work.reload(changed, instance.applied());
    }
  }

  /// What the server is to have at once.
  private Map<String, String> applied(Instance instance, Set<String> immediate) {
    var target = effective.of(instance);
    var applied = new HashMap<>(instance.applied());
    for (var name : immediate) {
      if (target.containsKey(name)) {
        applied.put(name, target.get(name));
      } else {
        applied.remove(name);
      }
    }
    return applied;
  }
}
