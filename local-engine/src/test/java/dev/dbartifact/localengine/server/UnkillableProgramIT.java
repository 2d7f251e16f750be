package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dbartifact.localengine.QuietLog;
import dev.dbartifact.localengine.Waiting;
import dev.dbartifact.localengine.postgres.UnpackedPostgres;
import dev.dbartifact.localengine.program.EngineMark;
import dev.dbartifact.localengine.program.LivingProcess;
import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.volume.LoopMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A program of a killed engine that not even SIGKILL ends: it writes to a file system that is
/// frozen.
@Tag("long")
class UnkillableProgramIT {
  @RegisterExtension
  static final QuietLog QUIET =
      QuietLog.of("program.LeftPrograms", "server.Repair", "volume.StorageProbe");

  private static final StorageId HALF = new StorageId("half");
  private static final StorageId OTHER = new StorageId("other");

  @TempDir Path temporary;

  private Path data;
  private LoopMount disk;
  private boolean frozen;

  @BeforeEach
  void aDiskToWaitFor() throws IOException {
    LoopMount.require("fsfreeze", "util-linux");
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    // Plain copies, which need no pool.
    data = Files.createDirectory(temporary.resolve("data"));
    Files.createDirectories(volume(HALF));
    Files.createDirectories(volume(OTHER));
    UnpackedPostgres.into(data);
    disk = LoopMount.ext4(temporary, 16 << 20, List.of());
    Program.run("fsfreeze", "--freeze", disk.path().toString());
    frozen = true;
  }

  @AfterEach
  void close() throws IOException {
    thaw();
    disk.close();
  }

  @Test
  void theVolumeThatItWorksOnStaysUntilItIsGone() throws Exception {
    var file = Files.writeString(volume(HALF).resolve("file"), "content");
    var program = left("cp", "--", file.toString(), disk.path().toString());
    try (var host = PostgresHost.open(data, PostgresHost.Options.defaults())) {
      assertThat(file).exists();
      assertThat(volume(OTHER)).as("on which nothing works").doesNotExist();
      assertThatExceptionOfType(HostException.class)
          .isThrownBy(() -> host.discard(HALF))
          .withMessageContaining("does not end, not even by SIGKILL: process " + program.pid());

      thaw();
      Waiting.until("its end", program::hasEnded);

      host.discard(HALF);
      assertThat(volume(HALF)).doesNotExist();
    }
  }

  private void thaw() throws IOException {
    if (frozen) {
      Program.run("fsfreeze", "--unfreeze", disk.path().toString());
      frozen = false;
    }
  }

  private Path volume(StorageId id) {
    return data.resolve("volumes").resolve(id.value());
  }

  /// A program that has lost its parent, and waits for the disk.
  private LivingProcess left(String... command) throws IOException {
    var pid = temporary.resolve("pid");
    var script = "echo $$ >" + pid + "; exec \"$@\"";
    var line = new ArrayList<>(List.of("setsid", "--fork", "sh", "-c", script, "sh"));
    line.addAll(List.of(command));
    var builder = new ProcessBuilder(line);
    var mark = EngineMark.of(data);
    mark.give();
    EngineMark.on(builder).start();
    mark.withdraw();
    Waiting.until("a program that waits", () -> Files.exists(pid) && isHeld(Files.readString(pid)));
    return LivingProcess.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
  }

  /// In uninterruptible sleep.
  private static boolean isHeld(String pid) throws IOException {
    if (pid.isBlank()) {
      return false;
    }
    var stat = Files.readString(Path.of("/proc", pid.strip(), "stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2) == 'D';
  }
}
