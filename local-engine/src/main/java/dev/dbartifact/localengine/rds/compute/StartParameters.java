package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Instance;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// With what parameters servers start. A server that has refused values comes back with those that
/// it had: with these it would not. Only a reboot is to give it what its groups say.
record StartParameters(Catalog catalog, EffectiveParameters effective) {

  /// Whether its server has not what its groups say.
  boolean isBehind(Instance instance) {
    return !instance.applied().equals(effective.of(instance));
  }

  /// Lets the instance have all that its groups say.
  void takeAll(Instance instance) {
    catalog.changing(() ->
        catalog
            .instances
            .find(instance.resourceId())
            .filter(now -> !now.equals(inSync(now)))
            .ifPresent(now -> catalog.instances.put(inSync(now))));
  }

  private Instance inSync(Instance instance) {
    return instance.applying(effective.of(instance)).inSync();
  }

  /// The same, unless its server has refused some of that.
  void takeUnlessRefused(Instance instance) {
    var now = catalog.instances.find(instance.resourceId());
    if (now.filter(Reloading::refused).filter(this::isBehind).isEmpty()) {
      takeAll(instance);
    }
  }

  /// The instance as its server is to be started again for another class, if it is to be: on AWS
  /// that is an outage anyway, after which formulas count with the class. Where the server has
  /// refused values, it is to have only what the class changes besides what it has.
  Optional<Instance> outgrown(Instance before, Instance after) {
    var size = before.settings().dbInstanceClass();
    if (after.settings().dbInstanceClass().equals(size) || !isBehind(after)) {
      return Optional.empty();
    }
    var former = effective.of(after.with(to -> to.dbInstanceClass(size)));
    if (!Reloading.refused(after) || after.applied().equals(former)) {
      return Optional.of(after);
    }
    return Optional.of(changed(former, after)).filter(grown -> !grown.equals(after));
  }

  /// With what its groups say otherwise than before.
  private Instance changed(Map<String, String> former, Instance after) {
    var wanted = effective.of(after);
    var applied = new HashMap<>(after.applied());
    former.keySet().stream().filter(name -> !wanted.containsKey(name)).forEach(applied::remove);
    wanted.forEach((name, value) -> {
      if (!value.equals(former.get(name))) {
        applied.put(name, value);
      }
    });
    return after.applying(applied);
  }
}
