package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Instance;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What servers had before they refused values that were changed again meanwhile: whoever changed
/// them took those for what the server has. Until the next change is told to the server.
final class FormerValues {

  /// By the instance's resource id, and by the parameter's name; empty where nothing was set.
  private final Map<String, Map<String, Optional<String>>> kept = new ConcurrentHashMap<>();

  void keep(Instance instance, Collection<String> names, Map<String, String> had) {
    if (!names.isEmpty()) {
      kept.put(
          instance.resourceId(),
          names.stream()
              .collect(
                  Collectors.toMap(
                      Function.identity(), name -> Optional.ofNullable(had.get(name)))));
    }
  }

  /// What the server really has, as far as that is known. This is asked once for each change.
  ///
  /// @param before what whoever made the change took it to have
  Map<String, String> take(Instance instance, Map<String, String> before) {
    var had = new HashMap<>(before);
    var known = kept.remove(instance.resourceId());
    if (known != null) {
      known.forEach((name, value) ->
          value.ifPresentOrElse(text -> had.put(name, text), () -> had.remove(name)));
    }
    return had;
  }
}
