package dev.dbartifact.rds;

import dev.dbartifact.artifact.SubnetId;
import dev.dbartifact.artifact.Tags;
import java.util.SortedMap;

/// A DB subnet group as DescribeDBSubnetGroups tells of it.
///
/// @param zones the availability zone of each of its subnets
/// @param tags read only where it matters whose the group is, with ListTagsForResource
public record FoundSubnetGroup(
    String name, String arn, String vpc, SortedMap<SubnetId, String> zones, Tags tags) {
  FoundSubnetGroup tagged(Tags told) {
    return new FoundSubnetGroup(name, arn, vpc, zones, told);
  }
}
