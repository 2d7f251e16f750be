package dev.dbartifact.localengine.rds;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// What the engine remembers of an instance.
///
/// @param storage the volume of the cluster that it serves
/// @param settings as described, without what its cluster says
record Instance(String storage, DBInstance settings) {

  Instance {
    Objects.requireNonNull(storage, "storage");
    Objects.requireNonNull(settings, "settings");
  }

  @JsonIgnore
  String id() {
    return settings.dbInstanceIdentifier();
  }

  @JsonIgnore
  String resourceId() {
    return settings.dbiResourceId();
  }

  @JsonIgnore
  boolean is(String status) {
    return status.equals(settings.dbInstanceStatus());
  }

  Instance with(UnaryOperator<DBInstance.Builder> change) {
    return new Instance(storage, change.apply(settings.toBuilder()).build());
  }
}
