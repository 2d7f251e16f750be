package dev.dbartifact.converger.report;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.rds.FoundCluster;
import dev.dbartifact.rds.OwnTags;
import dev.dbartifact.rds.Seal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An outcome for people.
public final class OutcomeText {
  private OutcomeText() {}

  public static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Converged(var connection, var _, var elapsed) ->
          "Converged: "
              + connection.cluster()
              + " is as the artifact says.\n"
              + connection(connection, elapsed);
      case Outcome.Unchanged(var connection, var elapsed) ->
          "Unchanged: "
              + connection.cluster()
              + " is as the artifact says.\n"
              + connection(connection, elapsed);
      case Outcome.Diverged(var connection, var _, var left, var elapsed) ->
          "Diverged: "
              + connection.cluster()
              + " is ready, but this is left:\n"
              + left
              + connection(connection, elapsed);
      case Outcome.Planned(var plan, var _) ->
          plan.isEmpty()
              ? "Nothing to do: " + plan.target() + " is as the artifact says.\n"
              : "Plan for " + plan.target() + ":\n" + plan;
      case Outcome.Status status -> status(status);
      case Outcome.Described(var metadata) -> description(metadata);
      case Outcome.Ended(var _, var reason) -> reason + "\n";
    };
  }

  private static String connection(Connection connection, Duration elapsed) {
    var endpoint = connection.endpoint();
    return line("endpoint", endpoint.host())
        + line("port", endpoint.port())
        + line("user", endpoint.user())
        + line("database", endpoint.database())
        + line("jdbc url", endpoint.jdbcUrl())
        + line(connection.clientName(), connection.client())
        + line("elapsed", seconds(elapsed));
  }

  private static String status(Outcome.Status status) {
    if (status.found().isEmpty()) {
      return status.target() + " does not exist.\n";
    }
    FoundCluster found = status.found().get();
    var tags = found.tags().values();
    var text = new StringBuilder(line("cluster", found.id())).append(line("state", found.status()));
    found.endpoint().ifPresent(endpoint -> text.append(line("endpoint", endpoint)));
    found
        .instances()
        .forEach(instance ->
            text.append(
                line(
                    "instance",
                    instance.id()
                        + " "
                        + instance.status()
                        + (instance.writer() ? " (writer)" : ""))));
    for (String key :
        List.of(
            OwnTags.NAME,
            OwnTags.MODE,
            OwnTags.SOURCE,
            OwnTags.OWNER,
            OwnTags.STAGE,
            OwnTags.CREATED_AT)) {
      Optional.ofNullable(tags.get(key))
          .ifPresent(value -> text.append(line(key.substring(OwnTags.PREFIX.length()), value)));
    }
    text.append(line("seal", seal(found)));
    status.events().forEach(event -> text.append(line("event", event)));
    return text.append(converged(status)).toString();
  }

  /// Whether a converge has ever come to its end, and for what.
  private static String seal(FoundCluster found) {
    return Seal.in(found.tags())
        .map(seal -> "converged to fingerprint " + seal.fingerprint().shortForm())
        .orElse("none; no converge has come to its end yet");
  }

  private static String converged(Outcome.Status status) {
    return status
        .left()
        .map(left ->
            left.isEmpty() ? line("converged", "yes") : line("converged", "no; to do:") + left)
        .orElseGet(() -> line("converged", "no; " + status.hindrance()));
  }

  private static String description(ArtifactMetadata metadata) {
    var source = metadata.source();
    var target = metadata.target();
    var lines = new ArrayList<String>();
    lines.add(line("artifact", metadata.name()));
    lines.add(line("format", metadata.formatVersion()));
    lines.add(line("built by", metadata.builderVersion()));
    lines.add(line("source", source.id() + " in " + source.region()));
    lines.add(
        line("engine", target.engine() + target.engineVersion().map(v -> " " + v).orElse("")));
    target.databaseName().ifPresent(name -> lines.add(line("database", name)));
    target
        .hardware()
        .instanceClass()
        .ifPresent(
            size -> lines.add(line("instances", target.hardware().instanceCount() + " x " + size)));
    metadata
        .changelog()
        .ifPresent(changelog ->
            lines.add(
                line(
                    "changelog",
                    changelog.path()
                        + ", "
                        + changelog.files()
                        + " files, "
                        + changelog.digest().shortForm())));
    return String.join("", lines);
  }

  private static String line(String name, Object value) {
    return String.format("  %-10s %s%n", name + ":", value);
  }

  static String seconds(Duration elapsed) {
    return String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1000.0);
  }
}
