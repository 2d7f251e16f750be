package dev.dbartifact.converger.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbartifact.artifact.MetadataJson;
import dev.dbartifact.artifact.SettingsJson;
import dev.dbartifact.converger.options.Hazard;
import dev.dbartifact.converger.plan.Plan;
import dev.dbartifact.converger.steps.Step;
import dev.dbartifact.rds.FoundCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/// An outcome for machines: one document. The field `outcome` is always there, and `exitCode`.
public final class OutcomeJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private OutcomeJson() {}

  public static String of(Outcome outcome) {
    ObjectNode document = MAPPER.createObjectNode();
    switch (outcome) {
      case Outcome.Converged(var connection, var done, var elapsed) -> {
        document.put("outcome", "converged");
        write(connection, elapsed, document);
        texts(done, document.putArray("done"));
      }
      case Outcome.Unchanged(var connection, var elapsed) -> {
        document.put("outcome", "unchanged");
        write(connection, elapsed, document);
      }
      case Outcome.Diverged(var connection, var done, var left, var elapsed) -> {
        document.put("outcome", "diverged");
        write(connection, elapsed, document);
        texts(done, document.putArray("done"));
        write(left, document.putObject("left"));
      }
      case Outcome.Planned(var plan, var _) -> {
        document.put("outcome", plan.isEmpty() ? "nothing-to-do" : "planned");
        document.put("cluster", plan.target().value());
        write(plan, document.putObject("plan"));
      }
      case Outcome.Status status -> write(status, document);
      case Outcome.Described(var metadata) -> {
        document.put("outcome", "described");
        document.set("metadata", tree(MetadataJson.write(metadata)));
      }
      case Outcome.Ended(var code, var reason) -> {
        document.put("outcome", ended(code));
        document.put("reason", reason);
      }
    }
    document.put("exitCode", outcome.exitCode());
    return document.toPrettyString() + "\n";
  }

  private static String ended(int exitCode) {
    return switch (exitCode) {
      case Outcome.USAGE -> "invalid";
      case Outcome.REFUSED -> "refused";
      default -> "failed";
    };
  }

  private static void write(Connection connection, Duration elapsed, ObjectNode node) {
    var endpoint = connection.endpoint();
    node.put("cluster", connection.cluster().value());
    node.put("engine", endpoint.engine().toString());
    node.put("endpoint", endpoint.host());
    node.put("port", endpoint.port().value());
    node.put("user", endpoint.user().value());
    node.put("database", endpoint.database().value());
    node.put("jdbcUrl", endpoint.jdbcUrl());
    node.put("client", connection.client());
    node.put("elapsedMillis", elapsed.toMillis());
  }

  private static void write(Plan plan, ObjectNode node) {
    ArrayNode steps = node.putArray("steps");
    for (Step step : plan.steps()) {
      ObjectNode one = steps.addObject();
      one.put("step", step.getClass().getSimpleName());
      one.put("sentence", step.sentence());
      texts(
          step.hazards().stream().map(Hazard::toString).sorted().toList(), one.putArray("hazards"));
    }
    texts(plan.leftovers(), node.putArray("leftovers"));
  }

  private static void write(Outcome.Status status, ObjectNode node) {
    node.put("outcome", "status");
    node.put("cluster", status.target().value());
    node.put("exists", status.found().isPresent());
    status.found().ifPresent(found -> write(found, node));
    status
        .left()
        .ifPresent(left -> {
          node.put("converged", status.found().isPresent() && left.isEmpty());
          write(left, node.putObject("left"));
        });
    if (!status.events().isEmpty()) {
      texts(status.events(), node.putArray("events"));
    }
    if (!status.hindrance().isEmpty()) {
      node.put("converged", false);
      node.put("hindrance", status.hindrance());
    }
  }

  private static void write(FoundCluster found, ObjectNode node) {
    node.put("arn", found.arn());
    node.put("state", found.status());
    found.endpoint().ifPresent(endpoint -> node.put("endpoint", endpoint));
    ArrayNode instances = node.putArray("instances");
    found
        .instances()
        .forEach(instance ->
            instances
                .addObject()
                .put("id", instance.id().value())
                .put("state", instance.status())
                .put("writer", instance.writer()));
    SettingsJson.writeSettings(found.settings(), node.putObject("settings"));
  }

  private static void texts(List<String> values, ArrayNode array) {
    values.forEach(array::add);
  }

  private static JsonNode tree(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
