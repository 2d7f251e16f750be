package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Tags;

/// What RestoreDBClusterToPointInTime is asked for, copy-on-write.
///
/// @param settings the wish; the call takes only a part of it
/// @param encryptedSource whether the source is encrypted: a key can only be chosen then
/// @param tags every tag of the new cluster
public record CloneCluster(
    ClusterId source,
    ClusterId target,
    ClusterSettings settings,
    boolean encryptedSource,
    Tags tags) {}
