package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.compute.EffectiveParameters;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import java.util.HashMap;
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

  void clusterGroupChanged(String group, Set<String> immediate) {
    changed(
        instance ->
            catalog
                .clusters
                .find(instance.storage())
                .filter(each -> group.equals(each.settings().dbClusterParameterGroup()))
                .isPresent(),
        immediate,
        true);
  }

  void instanceGroupChanged(String group, Set<String> immediate) {
    changed(
        instance ->
            instance.settings().dbParameterGroups().stream()
                .anyMatch(used -> group.equals(used.dbParameterGroupName())),
        immediate,
        false);
  }

  private void changed(Predicate<Instance> uses, Set<String> immediate, boolean ofCluster) {
    catalog.instances.all().stream()
        .filter(uses)
        .filter(instance -> !instance.is(Status.DELETING))
        .forEach(instance -> change(instance, immediate, ofCluster));
  }

  private void change(Instance instance, Set<String> immediate, boolean ofCluster) {
    var target = effective.of(instance);
    var applied = new HashMap<>(instance.applied());
    for (var name : immediate) {
      if (target.containsKey(name)) {
        applied.put(name, target.get(name));
      } else {
        applied.remove(name);
      }
    }
    var reload = !applied.equals(instance.applied());
    var status = !applied.equals(target) ? "pending-reboot" : reload ? "applying" : "in-sync";
    var changed = instance.applying(applied);
    catalog.instances.put(
        ofCluster ? changed.clusterParameters(status) : changed.ownParameters(status));
    if (reload) {
      // Whatever goes on now, it waits for that, and does nothing where no server runs then.
      work.reload(changed);
    }
  }
}
