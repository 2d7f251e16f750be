package dev.dbartifact.localengine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.rds.ClusterReport;
import dev.dbartifact.localengine.rds.LocalRds;
import dev.dbartifact.localengine.wire.Answer;
import dev.dbartifact.localengine.wire.Call;
import dev.dbartifact.localengine.wire.Service;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What the engine says of itself, as JSON; for its own command line.
public final class StatusService implements Service {

  /// The name in a signature's scope.
  public static final String NAME = "db-artifact-local";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalRds rds;
  private final String storage;

  StatusService(LocalRds rds, String storage) {
    this.rds = rds;
    this.storage = storage;
  }

  /// @param pid the engine's process
  /// @param storage how volumes are stored, such as `btrfs`
  public record Report(long pid, String storage, List<ClusterReport> clusters) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Answer answer(Call call) {
    return json(200, new Report(ProcessHandle.current().pid(), storage, rds.report()));
  }

  @Override
  public Answer refuse(AwsServiceException fault) {
    return json(fault.statusCode(), Map.of("message", fault.awsErrorDetails().errorMessage()));
  }

  private static Answer json(int status, Object value) {
    try {
      var body = JSON.writeValueAsString(value);
      return new Answer(status, "application/json", UUID.randomUUID().toString(), body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Could not write the status as JSON", e);
    }
  }
}
