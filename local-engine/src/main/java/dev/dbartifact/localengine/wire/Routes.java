package dev.dbartifact.localengine.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.protocols.core.OperationInfo;

/// Which action of a REST service a method and a path mean. The SDK's marshallers hold both; they
/// are read from there, so that no table of ours can differ from the model.
///
/// See "HTTP bindings" in the Smithy specification.
final class Routes {

  private final List<Route> routes;

  Routes(Collection<Action> actions) {
    routes = actions.stream().map(Route::of).toList();
  }

  /// @param labels the decoded parts of the path, by label
  record Match(Action action, Map<String, String> labels) {}

  private record Route(Action action, String method, List<String> path) {

    static Route of(Action action) {
      var binding = binding(action);
      if (binding.requestUri().contains("+}") || binding.requestUri().contains("?")) {
        throw new IllegalStateException("No routing to " + binding.requestUri());
      }
      return new Route(action, binding.httpMethod().name(), segments(binding.requestUri()));
    }

    Optional<Match> match(String wantedMethod, List<String> wanted) {
      if (!method.equals(wantedMethod) || wanted.size() != path.size()) {
        return Optional.empty();
      }
      var labels = new HashMap<String, String>();
      for (var at = 0; at < path.size(); at++) {
        var part = path.get(at);
        if (part.startsWith("{")) {
          labels.put(part.substring(1, part.length() - 1), decode(wanted.get(at)));
        } else if (!part.equals(wanted.get(at))) {
          return Optional.empty();
        }
      }
      return Optional.of(new Match(action, labels));
    }
  }

  /// The SDK keeps it in a private constant of the generated class.
  static OperationInfo binding(Action action) {
    var type = action.requestType();
    var marshaller =
        type.getPackageName().replaceFirst("model$", "transform.")
            + type.getSimpleName()
            + "Marshaller";
    try {
      var constant =
          Class.forName(marshaller, true, type.getClassLoader())
              .getDeclaredField("SDK_OPERATION_BINDING");
      constant.setAccessible(true);
      return (OperationInfo) constant.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("No route to " + action.name() + " in " + marshaller, e);
    }
  }

  Optional<Match> find(String method, String rawPath) {
    var wanted = segments(rawPath);
    return routes.stream().flatMap(route -> route.match(method, wanted).stream()).findFirst();
  }

  /// A slash at the end means nothing.
  private static List<String> segments(String path) {
    return List.of(path.replaceFirst("/$", "").split("/", -1));
  }

  private static String decode(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ProtocolFault.VALIDATION_ERROR.with("The path is malformed: " + e.getMessage());
    }
  }
}
