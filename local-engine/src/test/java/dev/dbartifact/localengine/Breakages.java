package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.wire.Answer;
import dev.dbartifact.localengine.wire.Call;
import dev.dbartifact.localengine.wire.Service;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Ways to break an engine: around its host, and around the service that answers.
final class Breakages {

  private Breakages() {}

  /// What is done in place of a method of the host, or after it.
  @FunctionalInterface
  interface Deed<T> {
    Object on(T host, Object[] arguments) throws Exception;
  }

  static DatabaseHost instead(DatabaseHost host, String method, Deed<DatabaseHost> deed) {
    return proxy(
        host,
        (called, arguments) ->
            called.getName().equals(method)
                ? deed.on(host, arguments)
                : call(host, called, arguments));
  }

  static DatabaseHost after(DatabaseHost host, String method, Deed<FakeDatabaseHost> deed) {
    return proxy(
        host,
        (called, arguments) -> {
          var result = call(host, called, arguments);
          if (called.getName().equals(method)) {
            deed.on((FakeDatabaseHost) host, arguments);
          }
          return result;
        });
  }

  @FunctionalInterface
  private interface Handler {
    Object called(Method method, Object[] arguments) throws Exception;
  }

  private static DatabaseHost proxy(DatabaseHost host, Handler handler) {
    return (DatabaseHost)
        Proxy.newProxyInstance(
            host.getClass().getClassLoader(),
            new Class<?>[] {DatabaseHost.class},
            (_, method, arguments) -> handler.called(method, arguments));
  }

  private static Object call(DatabaseHost host, Method method, Object[] arguments)
      throws Exception {
    try {
      return method.invoke(host, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /// Sends another request before those of an action.
  static Service before(Service service, String action, UnaryOperator<String> other) {
    return around(
        service,
        call -> {
          var form = form(call);
          if (form.contains("Action=" + action + "&")) {
            service.answer(with(call, other.apply(form)));
          }
          return service.answer(call);
        });
  }

  /// Understands the requests of an action in another way.
  static Service changed(Service service, String action, UnaryOperator<String> change) {
    return around(
        service,
        call -> {
          var form = form(call);
          return service.answer(
              form.contains("Action=" + action + "&") ? with(call, change.apply(form)) : call);
        });
  }

  static Service answering(Service service, String regex, String by) {
    return around(
        service,
        call -> {
          var answer = service.answer(call);
          return new Answer(
              answer.status(),
              answer.contentType(),
              answer.requestId(),
              answer.body().replaceAll(regex, by));
        });
  }

  static Service statusOfFaultsIs400(Service service) {
    return around(
        service,
        call -> {
          var answer = service.answer(call);
          return answer.status() < 300
              ? answer
              : new Answer(400, answer.contentType(), answer.requestId(), answer.body());
        });
  }

  private static String form(Call call) {
    return call.text();
  }

  private static Call with(Call call, String form) {
    return new Call(
        call.method(), call.uri(), call.headers(), form.getBytes(StandardCharsets.UTF_8));
  }

  private static Service around(Service service, Function<Call, Answer> answer) {
    return new Service() {
      @Override
      public String name() {
        return service.name();
      }

      @Override
      public Answer answer(Call call) {
        return answer.apply(call);
      }

      @Override
      public Answer refuse(AwsServiceException fault, String requestId) {
        return service.refuse(fault, requestId);
      }
    };
  }
}
