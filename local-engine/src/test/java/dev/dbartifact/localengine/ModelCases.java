package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The golden cases from which members of requests are tried: one of each action, and one of those
/// that make or change plain instances.
final class ModelCases {

  private static final Path CASES = Path.of("src/test/resources/http");
  private static final String PLAIN_INSTANCE = "/plain-instance";

  /// Which one it is where there are several.
  private final Properties chosen = ModelSamples.properties("plain-cases.properties");

  /// Of an action: itself, and it with plain instances.
  static Stream<String> names(String action) {
    return Stream.of(action, action + PLAIN_INSTANCE)
        .filter(name -> name.equals(action) || Files.exists(request(name)));
  }

  static String action(String name) {
    return name.replace(PLAIN_INSTANCE, "");
  }

  /// Its steps; the last one is tried.
  List<String> steps(String name) {
    var action = action(name);
    return name.equals(action) ? plainCase(action) : steps(request(name));
  }

  private static Path request(String name) {
    return CASES.resolve(name + ".request");
  }

  private List<String> plainCase(String action) {
    var named = chosen.getProperty(action);
    return steps(named == null ? onlyCase(action) : request(action + "/" + named));
  }

  private static Path onlyCase(String action) {
    try (var files = Files.list(CASES.resolve(action))) {
      var cases =
          files
              .filter(file -> file.toString().endsWith(".request"))
              .filter(file -> !file.getFileName().toString().startsWith("plain-"))
              .collect(Collectors.partitioningBy(ModelCases::succeeds));
      var eligible = cases.get(!cases.get(true).isEmpty());
      assertThat(eligible)
          .as("plain-cases.properties names the plain one of the cases of %s", action)
          .hasSize(1);
      return eligible.getFirst();
    } catch (IOException e) {
      throw new AssertionError(action + " has no golden case", e);
    }
  }

  private static List<String> steps(Path request) {
    try {
      return PreparedRds.steps(Files.readString(request));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean succeeds(Path request) {
    var answer = Path.of(request.toString().replace(".request", ".response.xml"));
    try {
      return Files.readString(answer).startsWith("<!-- HTTP 200 -->");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
