package dev.dbartifact.localengine.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.QuietLog;
import dev.dbartifact.localengine.Waiting;
import dev.dbartifact.testing.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of programs whose engine was killed.
class LeftProgramsTest {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("program.LeftPrograms");

  private static final EngineMark MARK = new EngineMark("7:1234");

  /// The number of that capability; see capabilities(7) and linux/capability.h.
  private static final int SYS_PTRACE = 19;

  @TempDir Path folder;

  private final List<LivingProcess> started = new ArrayList<>();

  @AfterEach
  void endAll() throws IOException {
    for (var each : started) {
      if (!each.hasEnded()) {
        Signal.KILL.send(each.pid());
      }
    }
  }

  @Test
  void theyEnd_andSoDoesWhatTheyStarted() throws Exception {
    var program = left(MARK.directory(), "sleep 600 & echo $! >child; wait");
    var child = living(folder.resolve("child"));

    assertThat(endedFor(ServerAccount.find())).isEmpty();

    assertThat(program.hasEnded()).isTrue();
    assertThat(child.hasEnded()).isTrue();
  }

  @Test
  void oneThatStandsStillEnds() throws Exception {
    var program = left(MARK.directory() + " 7:99", "exec sleep 600");
    Signal.STOP.send(program.pid());

    assertThat(endedFor(ServerAccount.find())).isEmpty();

    assertThat(program.hasEnded()).isTrue();
  }

  @Test
  void thoseOfOtherDirectoriesGoOn() throws Exception {
    var longer = left(MARK.directory() + "5", "exec sleep 600");
    var other = left("7:1 17:1234", "exec sleep 600");

    assertThat(endedFor(ServerAccount.find())).isEmpty();

    assertThat(longer.hasEnded()).isFalse();
    assertThat(other.hasEnded()).isFalse();
  }

  /// Another host of this very process may have started it.
  @Test
  void whatThisProcessStartedGoesOn() throws Exception {
    var builder = new ProcessBuilder("sleep", "600");
    builder.environment().put(EngineMark.VARIABLE, MARK.directory());
    var process = builder.start();
    try {
      assertThat(endedFor(ServerAccount.find())).isEmpty();

      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  /// Its number was that of a program that has ended since.
  @Test
  void aProcessThatBeganLaterGoesOn() throws Exception {
    var later = left("7:1", "exec sleep 600");

    LeftPrograms.kill(new LivingProcess(later.pid(), later.name(), later.began() - 1));

    assertThat(later.hasEnded()).isFalse();
    LeftPrograms.kill(later);
    Waiting.until("its end", later::hasEnded);
  }

  /// Root could look into all of them, and would wait for one that the kernel holds up.
  @Test
  void processesOfUsersThatNoEngineRunsAsAreNotLookedAt_unlessTheDirectoryIsTheirs()
      throws Exception {
    Prerequisites.root("run a program as another user");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    var other =
        left(MARK.directory(), "exec sleep 600", "setpriv", "--reuid=daemon", "--clear-groups");
    var account = ServerAccount.find();

    assertThat(endedFor(account)).isEmpty();
    assertThat(other.hasEnded()).isFalse();

    assertThat(new LeftPrograms(MARK, account, "daemon").end()).isEmpty();
    assertThat(other.hasEnded()).isTrue();
  }

  /// As in a container, where root does not see what another user's process has.
  @Test
  void rootThatMayNotLookIntoOthersProcessesEndsThoseOfTheServersAccount() throws Exception {
    Prerequisites.root("run a program as another user");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    var account = ServerAccount.find().as(List.of()).toArray(String[]::new);
    var program = left(MARK.directory(), "exec sleep 600", account);
    var other = left("7:1", "exec sleep 600", account);

    Program.run(
        "setpriv",
        "--bounding-set=-sys_ptrace",
        ProcessHandle.current().info().command().orElseThrow(),
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        LeftProgramsTest.class.getName());

    assertThat(program.hasEnded()).isTrue();
    assertThat(other.hasEnded()).isFalse();
  }

  public static void main(String[] arguments) throws IOException {
    assertThat(capabilities() >> SYS_PTRACE & 1).as("SYS_PTRACE").isZero();
    assertThat(endedFor(ServerAccount.find())).isEmpty();
  }

  /// See proc_pid_status(5).
  private static long capabilities() throws IOException {
    var effective = "CapEff:";
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(effective))
        .map(line -> Long.parseUnsignedLong(line.substring(effective.length()).strip(), 16))
        .findFirst()
        .orElseThrow();
  }

  private static List<LeftProgram> endedFor(ServerAccount account) throws IOException {
    return new LeftPrograms(MARK, account, account.engineUser()).end();
  }

  /// A program that has lost its parent.
  private LivingProcess left(String mark, String script, String... before) throws IOException {
    var own = Files.createTempFile(folder, "pid", "");
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-rw-rw-"));
    var command =
        Stream.concat(
                Stream.of("setsid", "--fork"),
                Stream.concat(
                    Stream.of(before), Stream.of("sh", "-c", "echo $$ >" + own + "; " + script)))
            .toList();
    var builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
    builder.environment().put(EngineMark.VARIABLE, mark);
    builder.start();
    return living(own);
  }

  private LivingProcess living(Path file) throws IOException {
    Waiting.until("a process", () -> Files.exists(file) && Files.readString(file).endsWith("\n"));
    var process = LivingProcess.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
    started.add(process);
    return process;
  }
}
