package dev.dbartifact.artifact;

import java.util.Optional;

/// How the volume of a cluster is stored. An absent value means "no wish" in a target.
///
/// @param storageType `aurora` or `aurora-iopt1` (CreateDBCluster, StorageType)
/// @param encrypted whether the volume is encrypted
/// @param kmsKeyId the key that it is encrypted with, as an ARN
public record StorageSettings(
    Optional<String> storageType, Optional<Boolean> encrypted, Optional<String> kmsKeyId) {}
