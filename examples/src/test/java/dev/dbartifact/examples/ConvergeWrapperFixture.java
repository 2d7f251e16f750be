package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// `bin/db-artifact-converge` with a container engine that only tells how it was called.
abstract class ConvergeWrapperFixture {
  static final Path WRAPPER =
      Path.of("").toAbsolutePath().resolveSibling("bin").resolve("db-artifact-converge");
  static final Map<String, String> PASSWORD = Map.of("DB_PASSWORD", "s3cret-Word");
  @TempDir Path folder;
  ContainerEngineStub engine;

  @BeforeEach
  void engine() throws IOException {
    engine = ContainerEngineStub.in(folder);
  }

  record Answer(int exit, String out, String err) {}

  Answer converge(Map<String, String> variables, String... arguments) throws Exception {
    return start(variables, "", arguments);
  }

  Answer start(Map<String, String> variables, String input, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(WRAPPER.toString()));
    command.addAll(List.of(arguments));
    Process wrapper = engine.command(variables, command).start();
    try (var to = wrapper.getOutputStream()) {
      to.write(input.getBytes());
    } catch (IOException notRead) {
      assertThat(notRead).hasMessageContaining("pipe");
    }
    return answer(wrapper);
  }

  static Answer answer(Process wrapper) throws IOException, InterruptedException {
    String out = new String(wrapper.getInputStream().readAllBytes());
    String err = new String(wrapper.getErrorStream().readAllBytes());
    return new Answer(wrapper.waitFor(), out, err);
  }

  static Map<String, String> with(Map<String, String> variables, String name, String value) {
    var more = new java.util.HashMap<>(variables);
    more.put(name, value);
    return more;
  }

  static String mount(Path source, String destination) {
    return "type=bind,src=" + source + ",dst=" + destination + ",readonly";
  }
}
