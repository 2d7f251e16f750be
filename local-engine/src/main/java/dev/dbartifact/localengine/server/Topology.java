package dev.dbartifact.localengine.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.postgres.Standby;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a server of an Aurora cluster tells of the cluster to those who ask it in SQL.
///
/// @param version of Aurora, such as `17.4.0`
/// @param instance the name of the one that the server is
/// @param members that serve, it among them
public record Topology(String version, String instance, List<Member> members) {

  /// What stands in place of a session for the writer, see "aurora_replica_status" in the Aurora
  /// User Guide.
  private static final String WRITER = "MASTER_SESSION_ID";

  private static final ObjectMapper JSON = new ObjectMapper();

  public Topology {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(instance, "instance");
    members = List.copyOf(members);
  }

  /// An instance that serves.
  ///
  /// @param session of a reader, a UUID; see [#writer]
  /// @param slot through which a reader receives
  public record Member(String instance, String session, String slot) {

    public static Member writer(String instance) {
      return new Member(instance, WRITER, "");
    }

    public static Member reader(String instance, String session, StorageId volume) {
      return new Member(instance, session, Standby.slot(volume.value()));
    }
  }

  /// As its functions read it, `aurora.sql`.
  String json() {
    try {
      return JSON.writeValueAsString(
          Map.of("version", version, "instance", instance, "members", members));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Could not write a topology as JSON", e);
    }
  }
}
