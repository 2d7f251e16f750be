package dev.dbartifact.localengine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Leftovers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// `status`: whether the engine runs, and what it holds.
final class StatusCommand {

  private static final Optional<StoppingEngine> NOT_STOPPING = Optional.empty();
  private static final ObjectMapper JSON = new ObjectMapper();

  private StatusCommand() {}

  static int run(Arguments arguments, Terminal terminal) throws IOException, HostException {
    var directory = arguments.directory();
    var running = RunningEngine.findMeasured(directory);
    var stopping = running.isPresent() ? NOT_STOPPING : StoppingEngine.find(directory);
    var kept = directory.exists() ? Kept.of(directory, running.isPresent()) : Kept.NOTHING;
    if (arguments.json()) {
      terminal.out().println(json(directory, running.orElse(null), stopping.isPresent(), kept));
    } else if (running.isPresent()) {
      print(directory, running.get(), kept, terminal);
    } else if (stopping.isPresent()) {
      terminal.out().println(stopping.get().said(Clock.systemUTC()));
    } else {
      terminal.out().println("The local engine is not running (data in " + directory + ").");
      printLeftovers(kept, terminal);
    }
    if (!arguments.json()) {
      printUnclaimed(kept, terminal);
    }
    return running.isPresent() ? 0 : 1;
  }

  /// @param engine null where none answers
  private static String json(
      EngineDirectory directory, RunningEngine engine, boolean stopping, Kept kept)
      throws JsonProcessingException {
    var document = new LinkedHashMap<String, Object>();
    document.put("running", engine != null);
    document.put("stopping", stopping);
    document.put("dataDirectory", directory.toString());
    if (engine != null) {
      document.put("endpoint", engine.endpoint().toString());
      document.put("region", engine.region());
      document.put("pid", engine.report().pid());
      document.put("storage", engine.report().storage());
      document.put("clusters", engine.report().clusters());
    } else {
      document.put("leftServers", kept.leftServers());
    }
    document.put("room", kept.room());
    document.put("warnings", kept.warnings());
    document.put("unclaimed", kept.unclaimed().stream().map(Object::toString).toList());
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
  }

  private static void print(
      EngineDirectory directory, RunningEngine engine, Kept kept, Terminal terminal) {
    terminal
        .out()
        .printf(
            "The local engine answers at %s (process %d, data in %s, storage %s%s).%n",
            engine.endpoint(),
            engine.report().pid(),
            directory,
            engine.report().storage(),
            fill(kept.room()));
    CloneTree.of(engine.report().clusters()).forEach(terminal.out()::println);
    kept.warnings().forEach(warning -> terminal.out().println("WARNING: " + warning));
  }

  private static String fill(StorageRoom room) {
    var fill = room.pool() == null ? room.disk() : room.pool();
    return ", %s of %s used".formatted(StorageRoom.percent(fill), Sizes.of(fill.bytes()));
  }

  private static void printLeftovers(Kept kept, Terminal terminal) {
    if (kept.leftServers() > 0) {
      terminal
          .out()
          .printf(
              "It left %d database server(s) running: 'stop' ends them, 'start' goes on with them.%n",
              kept.leftServers());
    }
  }

  private static void printUnclaimed(Kept kept, Terminal terminal) {
    if (!kept.unclaimed().isEmpty()) {
      terminal
          .out()
          .println(
              "Volumes that no cluster accounts for, kept until 'reset --unclaimed' removes them:");
      kept.unclaimed().forEach(volume -> terminal.out().println("  " + volume));
    }
  }

  /// What the data directory itself says.
  ///
  /// @param room null where there is no directory
  /// @param leftServers that an engine left which was killed
  private record Kept(StorageRoom room, int leftServers, List<Path> unclaimed) {
    static final Kept NOTHING = new Kept(null, 0, List.of());

    static Kept of(EngineDirectory directory, boolean running) throws IOException, HostException {
      return new Kept(
          StorageRoom.of(directory),
          running ? 0 : Leftovers.servers(directory.root()),
          Leftovers.unclaimed(directory.root()));
    }

    List<String> warnings() {
      return room == null ? List.of() : room.warnings();
    }
  }
}
