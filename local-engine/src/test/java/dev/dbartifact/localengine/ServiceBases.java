package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.ServiceCase.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The golden requests with which members of the services around RDS are tried: the first one of an
/// action that succeeds, or else the first one, unless `model/service-cases.properties` names one.
final class ServiceBases {

  private final Properties chosen = ModelSamples.properties("service-cases.properties");
  private final Map<Path, List<Exchange>> read = new HashMap<>();

  /// A request within a case.
  ///
  /// @param steps those of the case, up to the request
  record Base(boolean succeeds, List<Step> steps) {}

  private Base base(Path requests, int at) {
    return new Base(
        exchanges(requests).get(at).succeeds(),
        ServiceCase.of(requests).steps().subList(0, at + 1));
  }

  /// @param action such as `route53.GetChange`
  /// @param member with which it is tried
  Base of(String action, String member) {
    return named(action + "." + member, action)
        .or(() -> named(action, action))
        .orElseGet(() -> first(action));
  }

  /// @param name in the file, whose value is a case and the number of a request in it, from 1
  private Optional<Base> named(String name, String action) {
    return Optional.ofNullable(chosen.getProperty(name))
        .map(text -> text.split(" "))
        .map(parts -> {
          var requests = folder(action).resolve(parts[0] + ".requests");
          var at = Integer.parseInt(parts[1]) - 1;
          assertThat(exchanges(requests).get(at).operation())
              .as(name)
              .contains(action.split("\\.")[1]);
          return base(requests, at);
        });
  }

  private Base first(String action) {
    return find(action, true)
        .or(() -> find(action, false))
        .orElseThrow(() -> new AssertionError(action + " has no golden request"));
  }

  private Optional<Base> find(String action, boolean succeeds) {
    try {
      for (var requests : ServiceCase.files(folder(action), ".requests")) {
        var exchanges = exchanges(requests);
        for (var at = 0; at < exchanges.size(); at++) {
          var each = exchanges.get(at);
          if (each.operation().filter(action.split("\\.")[1]::equals).isPresent()
              && (each.succeeds() || !succeeds)) {
            return Optional.of(base(requests, at));
          }
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(String action) {
    return ServiceCase.CASES.resolve(action.split("\\.")[0]);
  }

  private List<Exchange> exchanges(Path requests) {
    return read.computeIfAbsent(
        requests,
        file -> {
          try {
            return Exchange.of(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
