package dev.dbartifact.localengine.wire;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;

/// The actions of one service.
public final class Actions {

  private final Api api;
  private final Map<String, Action> offered = new TreeMap<>();

  /// @param implementation overrides methods of the client interface; those are the actions offered
  public Actions(Api api, Class<?> implementation) {
    if (!api.client().isAssignableFrom(implementation)) {
      throw new IllegalArgumentException(implementation + " is no " + api.client());
    }
    this.api = api;
    for (var method : implementation.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Honours.class)) {
        var action = new Action(method);
        offered.put(action.name(), action);
      }
    }
  }

  /// The name of the service.
  public String name() {
    return api.service();
  }

  Action find(String name) {
    var action = offered.get(name);
    if (action != null) {
      return action;
    }
    if (known().contains(name)) {
      throw ProtocolFault.UNSUPPORTED_OPERATION.with(
          "The local engine does not offer "
              + name
              + "; 'db-artifact-local actions' lists what it offers.");
    }
    throw ProtocolFault.INVALID_ACTION.with(
        "Could not find operation %s for version %s".formatted(name, api.version()));
  }

  /// The names of the actions that are answered, sorted.
  public List<String> offered() {
    return List.copyOf(offered.keySet());
  }

  /// The names of all actions of the service, sorted. Loads hundreds of classes: only for messages.
  public List<String> known() {
    return Arrays.stream(api.client().getMethods())
        .filter(Actions::isAction)
        .map(Method::getName)
        .map(name -> Character.toUpperCase(name.charAt(0)) + name.substring(1))
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
