package dev.dbartifact.localengine.wire;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;

/// The actions of one service.
public final class Actions {

  private final Api api;
  private final Map<String, Action> offered = new TreeMap<>();

  /// @param implementations override methods of the client interface; those are the actions offered
  public Actions(Api api, Class<?>... implementations) {
    this.api = api;
    for (var implementation : implementations) {
      if (!api.client().isAssignableFrom(implementation)) {
        throw new IllegalArgumentException(implementation + " is no " + api.client());
      }
      for (var method : implementation.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Honours.class)) {
          add(new Action(method));
        }
      }
    }
  }

  private void add(Action action) {
    if (offered.put(action.name(), action) != null) {
      throw new IllegalArgumentException(action.name() + " is implemented twice");
    }
  }

  Action find(String name) {
    var action = offered.get(name);
    if (action != null) {
      return action;
    }
    if (known().contains(name)) {
      throw notOffered(name);
    }
    throw ProtocolFault.INVALID_ACTION.with(
        "Could not find operation %s for version %s".formatted(name, api.version()));
  }

  static RuntimeException notOffered(String name) {
    return ProtocolFault.UNSUPPORTED_OPERATION.with(
        "The local engine does not offer "
            + name
            + "; 'db-artifact-local actions' lists what it offers.");
  }

  /// What is answered.
  Collection<Action> all() {
    return offered.values();
  }

  /// What the service has and is not answered. Loads hundreds of classes: only for messages.
  List<Action> others() {
    return Arrays.stream(api.client().getMethods())
        .filter(Actions::isAction)
        .map(Action::new)
        .filter(action -> !offered.containsKey(action.name()))
        .toList();
  }

  public ServiceOffer offer() {
    var documented = new TreeMap<String, Honours>();
    offered.forEach((name, action) -> documented.put(name, action.documentation()));
    return new ServiceOffer(api.service(), documented, this::known);
  }

  /// The names of all actions of the service, sorted. Loads hundreds of classes: only for messages.
  private List<String> known() {
    return Arrays.stream(api.client().getMethods())
        .filter(Actions::isAction)
        .map(Method::getName)
        .map(ServiceOffer::actionName)
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean isAction(Method method) {
    return method.getParameterCount() == 1
        && Stream.of(method.getParameterTypes()[0], method.getReturnType())
            .allMatch(SdkPojo.class::isAssignableFrom);
  }
}
