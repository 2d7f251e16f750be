package dev.dbartifact.localengine.rdsdata;

import dev.dbartifact.localengine.server.ServerKind;
import java.util.Objects;
import java.util.Optional;

/// The clusters that statements can be sent to.
@FunctionalInterface
public interface Databases {

  Optional<Database> find(String arn);

  /// Whether the cluster is paused, or on its way back, which it is then.
  default boolean resumes(String arn) {
    return false;
  }

  /// @param kind of the servers behind it
  /// @param state as RDS shows it, such as `available`
  /// @param endpointEnabled whether RDS Data may be used with it
  /// @param served whether an instance answers
  /// @param name of the database when a request names none; empty: none then
  record Database(
      String arn,
      ServerKind kind,
      String state,
      boolean endpointEnabled,
      boolean served,
      String host,
      int port,
      String name) {

    public Database {
      Objects.requireNonNull(arn, "arn");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(name, "name");
    }
  }
}
