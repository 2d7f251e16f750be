package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A signal to `bin/db-artifact-converge` ends the run whatever it has come to, leaves no
/// container, and tells how to go on.
class ConvergeWrapperStopTest extends ConvergeWrapperFixture {

  @ParameterizedTest
  @CsvSource({"HUP, 129", "INT, 130", "QUIT, 131", "TERM, 143"})
  void whileTheContainerRuns(String signal, int exit) throws Exception {
    Process wrapper = running(Map.of(), "--db_password", "s3cret-Word", "--owner", "a b");
    send(signal, wrapper);

    Answer answer = answer(wrapper);
    assertStopped(answer, exit, "db-artifact-converge --owner a\\ b");
    assertThat(answer.err()).doesNotContain("s3cret-Word");
    assertThat(engine.wasStopped()).isTrue();
  }

  /// What is told is pasted: an empty word behind it would be a command that is not known.
  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void withoutOptions_noneAreToldToContinueWith(String signal, int exit) throws Exception {
    Process wrapper = running(Map.of());
    send(signal, wrapper);

    assertStopped(answer(wrapper), exit, "db-artifact-converge");
  }

  /// As the first process of the container it ignores what it has not asked for yet.
  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void whileItsProgramIsStillDeaf(String signal, int exit) throws Exception {
    Process wrapper = running(Map.of("STUB_DEAF_TO", "2"));
    send(signal, wrapper);

    assertStopped(answer(wrapper), exit, "db-artifact-converge");
    assertThat(engine.calls().stream().filter("kill"::equals)).hasSizeGreaterThan(2);
  }

  /// The client would pass the signal on to a container that does not run, and go on.
  @ParameterizedTest
  @CsvSource({"making, INT, 130", "making, TERM, 143", "made, INT, 130", "made, TERM, 143"})
  void beforeTheContainerRuns(String phase, String signal, int exit) throws Exception {
    Process wrapper = wrapper(Map.of("STUB_HOLD", phase, "STUB_TENTHS", "300"));
    engine.awaitPhase(phase);
    send(signal, wrapper);
    engine.awaitCall("rm");
    engine.goOn();

    assertStopped(answer(wrapper), exit, "db-artifact-converge");
    assertThat(engine.wasStarted() && !engine.wasStopped()).isFalse();
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void whileTheImageIsPulled(String signal, int exit) throws Exception {
    Process wrapper = wrapper(Map.of("STUB_HOLD", "making", "STUB_NO_IMAGE", "1"));
    engine.awaitPhase("making");
    send(signal, wrapper);

    assertStopped(answer(wrapper), exit, "db-artifact-converge");
    assertThat(engine.wasStarted()).isFalse();
  }

  /// A shell that waits for a program takes a signal that the program lives through for its affair.
  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void whileItIsBeingPrepared(String signal, int exit) throws Exception {
    Path program =
        Files.writeString(
            folder.resolve("bin/selinuxenabled"),
            "#!/bin/bash\ntouch %1$s/in-preparation\nuntil [ -e %1$s/go-on ]; do sleep 0.02; done\n"
                .formatted(folder));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Process wrapper = wrapper(Map.of());
    engine.awaitPhase("preparation");
    send(signal, wrapper);
    engine.goOn();

    assertStopped(answer(wrapper), exit, "db-artifact-converge");
    assertThat(engine.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void whenTheContainerHasEnded(String signal, int exit) throws Exception {
    Process wrapper = wrapper(Map.of("STUB_EXIT", "125", "STUB_HOLD", "info"));
    engine.awaitPhase("info");
    send(signal, wrapper);
    engine.goOn();

    assertStopped(answer(wrapper), exit, "db-artifact-converge");
  }

  private static void assertStopped(Answer answer, int exit, String again) {
    assertThat(answer.exit()).isEqualTo(exit);
    assertThat(answer.err()).endsWith("run the same command again:\n  " + again + "\n");
  }

  private Process running(Map<String, String> variables, String... arguments) throws Exception {
    var more = new HashMap<>(variables);
    more.put("STUB_TENTHS", "300");
    Process wrapper = wrapper(more, arguments);
    engine.awaitRunning(wrapper);
    return wrapper;
  }

  /// Interrupts are ignored by what a script has started in the background, such as these tests.
  private Process wrapper(Map<String, String> variables, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("env", "--default-signal", WRAPPER.toString()));
    command.addAll(List.of(arguments));
    var all = new HashMap<>(PASSWORD);
    all.putAll(variables);
    return engine.command(all, command).start();
  }

  private static void send(String signal, Process wrapper) throws Exception {
    assertThat(new ProcessBuilder("kill", "-s", signal, "" + wrapper.pid()).start().waitFor())
        .isZero();
  }
}
