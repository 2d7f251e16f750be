package dev.dbartifact.localengine.wire;

import dev.dbartifact.localengine.state.StateException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
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
    // The classes of a service's actions are its own affair.
    method.setAccessible(true);
    this.method = method;
    var honours = method.getAnnotation(Honours.class);
    this.honoured =
        honours == null ? Set.of() : Arrays.stream(honours.value()).collect(Collectors.toSet());
  }

  /// The wire name: the method's name with a capital.
  String name() {
    return ServiceOffer.actionName(method.getName());
  }

  Set<String> honoured() {
    return honoured;
  }

  Honours documentation() {
    return method.getAnnotation(Honours.class);
  }

  /// The SDK's class of the requests.
  Class<?> requestType() {
    return method.getParameterTypes()[0];
  }

  /// The HTTP status of a success.
  int status() {
    var answers = method.getAnnotation(AnswersWith.class);
    return answers == null ? 200 : answers.value();
  }

  /// Whether an answer has a result although nothing is in it.
  boolean hasEmptyResult() {
    return method.isAnnotationPresent(EmptyResult.class);
  }

  SdkPojo newRequest() {
    try {
      return (SdkPojo) method.getParameterTypes()[0].getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("No builder for the request of " + name(), e);
    }
  }

  /// @param implementations one of them has the method
  SdkPojo call(List<?> implementations, SdkPojo request) {
    refuseWhatIsNotHonoured(request);
    var implementation =
        implementations.stream()
            .filter(method.getDeclaringClass()::isInstance)
            .findFirst()
            .orElseThrow();
    try {
      return (SdkPojo) method.invoke(implementation, request);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof StateException full
          && full.outOfSpace()
          && implementation instanceof OutOfSpace actions) {
        throw actions.outOfSpace(method, full);
      }
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
