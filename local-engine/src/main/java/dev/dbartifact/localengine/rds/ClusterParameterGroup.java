package dev.dbartifact.localengine.rds;

import java.util.List;
import software.amazon.awssdk.services.rds.model.DBClusterParameterGroup;
import software.amazon.awssdk.services.rds.model.Tag;

/// A DB cluster parameter group with its tags, which its description does not show.
record ClusterParameterGroup(DBClusterParameterGroup settings, List<Tag> tags) {
  ClusterParameterGroup {
    tags = List.copyOf(tags);
  }
}
