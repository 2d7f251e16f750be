package dev.dbartifact.localengine.rds.record;

import java.util.List;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.Tag;

/// A DB subnet group with its tags, which its description does not show.
public record SubnetGroup(DBSubnetGroup settings, List<Tag> tags) {
  public SubnetGroup {
    tags = List.copyOf(tags);
  }
}
