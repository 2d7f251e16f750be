package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import java.util.Optional;

/// The name of a DB instance of the region, and whose it is.
///
/// @param cluster absent for an instance that is in no cluster
public record InstanceName(ClusterId instance, Optional<ClusterId> cluster) {}
