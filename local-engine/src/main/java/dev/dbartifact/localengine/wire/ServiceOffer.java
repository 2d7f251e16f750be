package dev.dbartifact.localengine.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What the engine offers of a service; for messages and documentation.
///
/// @param service such as `rds`
/// @param actions what they do with the fields of their requests, by name
/// @param known the names of all actions of the service, sorted, also of those not offered
public record ServiceOffer(
    String service, SortedMap<String, Honours> actions, Supplier<List<String>> known) {

  /// A service that is not an SDK's client: what it offers is what is annotated, and nothing more
  /// is known of it.
  public static ServiceOffer ofAnnotated(String service, Class<?>... implementations) {
    var actions = new TreeMap<String, Honours>();
    Arrays.stream(implementations)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Honours.class))
        .forEach(method ->
            actions.put(actionName(method.getName()), method.getAnnotation(Honours.class)));
    return new ServiceOffer(service, actions, () -> List.copyOf(actions.keySet()));
  }

  /// The wire name: the method's name with a capital.
  static String actionName(String method) {
    return method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
  }
}
