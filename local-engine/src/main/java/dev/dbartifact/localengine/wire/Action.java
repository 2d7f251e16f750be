package dev.dbartifact.localengine.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkPojo;

/// One action of a service: a method of the implementation that overrides the SDK's client
/// interface.
final class Action {

  private final Method method;
  private final Set<String> honoured;

  Action(Method method) {
    this.method = method;
    this.honoured =
        Arrays.stream(method.getAnnotation(Honours.class).value()).collect(Collectors.toSet());
  }

  /// The wire name: the method's name with a capital.
  String name() {
    return Character.toUpperCase(method.getName().charAt(0)) + method.getName().substring(1);
  }

  Set<String> honoured() {
    return honoured;
  }

  SdkPojo newRequest() {
    try {
      return (SdkPojo) method.getParameterTypes()[0].getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("No builder for the request of " + name(), e);
    }
  }

  SdkPojo call(Object implementation, SdkPojo request) {
    refuseWhatIsNotHonoured(request);
    try {
      return (SdkPojo) method.invoke(implementation, request);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException(name() + " failed", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(name() + " cannot be called", e);
    }
  }

  private void refuseWhatIsNotHonoured(SdkPojo request) {
    for (var field : request.sdkFields()) {
      var isHonoured = honoured.contains(field.locationName());
      if (!isHonoured && !isUnset(field.getValueOrDefault(request))) {
        throw ProtocolFault.INVALID_PARAMETER_COMBINATION.with(
            "The local engine does not support the parameter %s of %s."
                .formatted(field.locationName(), name()));
      }
    }
  }

  private static boolean isUnset(Object value) {
    return switch (value) {
      case null -> true;
      case Collection<?> list -> list.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      case Boolean flag -> !flag;
      default -> false;
    };
  }
}
