package dev.dbartifact.localengine.rds;

import java.util.List;
import software.amazon.awssdk.services.rds.model.DBParameterGroup;
import software.amazon.awssdk.services.rds.model.Tag;

/// A DB parameter group with its tags, which its description does not show.
record InstanceParameterGroup(DBParameterGroup settings, List<Tag> tags) {
  InstanceParameterGroup {
    tags = List.copyOf(tags);
  }
}
