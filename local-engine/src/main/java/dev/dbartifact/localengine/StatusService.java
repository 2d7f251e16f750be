package dev.dbartifact.localengine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.misbehaviour.Misbehaviour;
import dev.dbartifact.localengine.misbehaviour.Rules;
import dev.dbartifact.localengine.rds.LocalRds;
import dev.dbartifact.localengine.rds.report.ClusterReport;
import dev.dbartifact.localengine.rds.report.ResetReport;
import dev.dbartifact.localengine.wire.Answer;
import dev.dbartifact.localengine.wire.Call;
import dev.dbartifact.localengine.wire.Service;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What the engine says of itself, as JSON; for its own command line.
public final class StatusService implements Service {

  /// The name in a signature's scope.
  public static final String NAME = "db-artifact-local";

  /// Where the report is that says what everything takes.
  public static final String MEASURED = "/_local/measured";

  /// Where clones are reset.
  public static final String RESET = "/_local/reset";

  /// Where the rules of misbehaviour are read and changed.
  public static final String MISBEHAVIOUR = "/_local/misbehaviour";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalRds rds;
  private final String storage;
  private final Settings settings;
  private final Misbehaviour misbehaviour;

  StatusService(LocalRds rds, String storage, Settings settings, Misbehaviour misbehaviour) {
    this.misbehaviour = misbehaviour;
    this.rds = rds;
    this.storage = storage;
    this.settings = settings;
  }

  /// @param pid the engine's process
  /// @param storage how volumes are stored, such as `btrfs`
  public record Report(long pid, String storage, Settings settings, List<ClusterReport> clusters) {}

  /// What was chosen for the engine when it was started.
  ///
  /// @param clusterAddresses the range, such as `127.77.0.0/16`
  /// @param pace such as `aurora:60`
  /// @param mostClusters how many there may be
  /// @param hostsFile that names the endpoints; null where they have no names
  public record Settings(String clusterAddresses, String pace, int mostClusters, String hostsFile) {

    static Settings of(LocalEngine.Options options) {
      return new Settings(
          options.reach().clusters().toString(),
          options.pace().text(),
          options.mostClusters(),
          options.reach().named().map(named -> named.file().path().toString()).orElse(null));
    }
  }

  /// What is to be reset.
  ///
  /// @param clusters by name; also plain instances
  public record ResetRequest(List<String> clusters) {
    public ResetRequest {
      if (clusters == null || clusters.isEmpty() || clusters.stream().anyMatch(Objects::isNull)) {
        throw new IllegalArgumentException("\"clusters\" names at least one");
      }
      clusters = List.copyOf(clusters);
    }
  }

  /// What became of it.
  ///
  /// @param message what went wrong, null if nothing did
  public record ResetAnswer(List<ResetReport> resets, String message) {
    public ResetAnswer {
      // A request that is refused has none.
      resets = resets == null ? List.of() : List.copyOf(resets);
    }

    static ResetAnswer of(List<ResetReport> resets) {
      var problems =
          resets.stream()
              .filter(each -> each.problem() != null)
              .map(each -> "Could not reset '%s': %s".formatted(each.id(), each.problem()))
              .toList();
      return new ResetAnswer(resets, problems.isEmpty() ? null : String.join("\n", problems));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Answer answer(Call call) {
    return switch (call.uri().getPath()) {
      case MISBEHAVIOUR -> misbehaviour(call);
      case RESET -> reset(call);
      case MEASURED -> report(rds.measuredReport());
      default -> report(rds.report());
    };
  }

  private Answer misbehaviour(Call call) {
    try {
      switch (call.method()) {
        case "GET" -> {}
        case "PUT" -> misbehaviour.become(Rules.parse(call.text(), LocalEngine.vocabulary()));
        case "DELETE" -> misbehaviour.become(Rules.NONE);
        default -> {
          return json(405, Map.of("message", "GET, PUT or DELETE, not " + call.method()));
        }
      }
      return json(200, misbehaviour.json());
    } catch (IllegalArgumentException e) {
      return json(400, Map.of("message", "The rules stay as they were: " + e.getMessage()));
    }
  }

  private Answer reset(Call call) {
    if (!call.method().equals("POST")) {
      return json(405, Map.of("message", "POST, not " + call.method()));
    }
    try {
      var wanted = JSON.readValue(call.text(), ResetRequest.class);
      var answer = ResetAnswer.of(rds.reset(wanted.clusters()));
      return json(answer.message() == null ? 200 : 500, answer);
    } catch (JsonProcessingException e) {
      return json(
          400,
          Map.of(
              "message",
              "The body names what is to be reset, at least one: {\"clusters\": [\"dev\"]}"));
    }
  }

  private Answer report(List<ClusterReport> clusters) {
    return json(200, new Report(ProcessHandle.current().pid(), storage, settings, clusters));
  }

  @Override
  public Answer refuse(AwsServiceException fault, String requestId) {
    return json(fault.statusCode(), Map.of("message", fault.awsErrorDetails().errorMessage()));
  }

  private static Answer json(int status, String body) {
    return new Answer(status, "application/json", UUID.randomUUID().toString(), body);
  }

  private static Answer json(int status, Object value) {
    try {
      return json(status, JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Could not write the status as JSON", e);
    }
  }
}
