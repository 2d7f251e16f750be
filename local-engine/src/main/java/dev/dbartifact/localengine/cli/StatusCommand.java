package dev.dbartifact.localengine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.rds.ClusterReport;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Collectors;

/// `status`: whether the engine runs, and what it holds.
final class StatusCommand {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StatusCommand() {}

  static int run(Arguments arguments, Terminal terminal) throws JsonProcessingException {
    var running = RunningEngine.find(arguments.directory());
    if (arguments.json()) {
      terminal.out().println(json(arguments.directory(), running));
    } else if (running.isEmpty()) {
      terminal
          .out()
          .println("The local engine is not running (data in " + arguments.directory() + ").");
    } else {
      print(arguments.directory(), running.get(), terminal);
    }
    return running.isPresent() ? 0 : 1;
  }

  private static String json(EngineDirectory directory, Optional<RunningEngine> running)
      throws JsonProcessingException {
    var document = new LinkedHashMap<String, Object>();
    document.put("running", running.isPresent());
    document.put("dataDirectory", directory.toString());
    running.ifPresent(engine -> {
      document.put("endpoint", engine.endpoint().toString());
      document.put("region", engine.region());
      document.put("pid", engine.report().pid());
      document.put("storage", engine.report().storage());
      document.put("clusters", engine.report().clusters());
    });
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
  }

  private static void print(EngineDirectory directory, RunningEngine engine, Terminal terminal) {
    terminal
        .out()
        .printf(
            "The local engine answers at %s (process %d, data in %s, storage %s).%n",
            engine.endpoint(), engine.report().pid(), directory, engine.report().storage());
    for (var cluster : engine.report().clusters()) {
      terminal.out().println(line(cluster));
    }
  }

  private static String line(ClusterReport cluster) {
    var instances =
        cluster.instances().stream()
            .map(instance -> instance.id() + " " + instance.status())
            .collect(Collectors.joining(", "));
    var bytes =
        cluster.bytes() == null
            ? ""
            : "  %s, of which %s its own"
                .formatted(
                    mebibytes(cluster.bytes().total()), mebibytes(cluster.bytes().exclusive()));
    return "%s  %s  %s:%d  PostgreSQL %s  [%s]%s%s"
        .formatted(
            cluster.id(),
            cluster.status(),
            cluster.endpoint(),
            cluster.port(),
            cluster.engineVersion(),
            instances.isEmpty() ? "no instance" : instances,
            cluster.cloneOf() == null ? "" : "  clone of " + cluster.cloneOf(),
            bytes);
  }

  private static String mebibytes(long bytes) {
    return "%.1f MiB".formatted(bytes / 1048576.0);
  }
}
