package dev.dbartifact.rds;

import dev.dbartifact.artifact.SubnetId;
import java.util.SortedMap;

/// A DB subnet group as DescribeDBSubnetGroups tells of it.
///
/// @param zones the availability zone of each of its subnets
public record FoundSubnetGroup(String name, String vpc, SortedMap<SubnetId, String> zones) {}
