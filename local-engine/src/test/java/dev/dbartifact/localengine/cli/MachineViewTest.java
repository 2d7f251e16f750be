package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.program.EngineMark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is found on a machine beside an engine.
class MachineViewTest {
  @TempDir Path temporary;

  private final List<Process> started = new ArrayList<>();
  private Path directory;
  private MachineView machine;

  @BeforeEach
  void look() throws IOException {
    directory = Files.createDirectory(temporary.toRealPath().resolve("data"));
    machine = new MachineView(directory);
  }

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void whoeverNamesTheDirectoryOrWorksInItIsSeen() throws Exception {
    var named = waiting(temporary, Map.of(), "in " + directory.resolve("volumes"));
    var told = waiting(temporary, Map.of("PGDATA", directory.toString()));
    var marked = waiting(temporary, Map.of("MARK", "1:2 " + EngineMark.of(directory).directory()));
    var within = waiting(directory, Map.of());
    waiting(temporary, Map.of("PGDATA", directory + "2"), directory + "2");

    assertThat(machine.processes())
        .extracting(each -> each.process().pid())
        .containsExactlyInAnyOrder(named, told, marked, within);
  }

  @Test
  void serversAreToldByTheirVolumes() throws Exception {
    var postgres = directory.resolve("volumes/one");
    var mariaDb = directory.resolve("volumes/two");
    waiting(temporary, Map.of(), "-D", postgres.resolve("pgdata").toString());
    waiting(temporary, Map.of(), "--datadir=" + mariaDb.resolve("mariadb"));
    waiting(temporary, Map.of(), "--pgdata=" + postgres.resolve("pgdata"));

    assertThat(machine.processes())
        .extracting(MachineView.Seen::volume)
        .containsExactlyInAnyOrder(Optional.of(postgres), Optional.of(mariaDb), Optional.empty());
  }

  @Test
  void whereAProcessListensIsSeen() throws Exception {
    var own = Set.of(ProcessHandle.current().pid());
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.1.2.3"))) {
      var address = new InetSocketAddress("127.1.2.3", socket.getLocalPort());
      assertThat(ListeningPorts.of(own)).contains(address);
      assertThat(ListeningPorts.of(Set.of(waiting(temporary, Map.of())))).isEmpty();
    }
  }

  /// @param words in its command line
  private long waiting(Path folder, Map<String, String> environment, String... words)
      throws IOException {
    var line = Stream.concat(Stream.of("sh", "-c", "echo; read _", "sh"), Stream.of(words));
    var builder = new ProcessBuilder(line.toList()).directory(folder.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    started.add(process);
    assertThat(process.inputReader().readLine()).isEmpty();
    return process.pid();
  }
}
