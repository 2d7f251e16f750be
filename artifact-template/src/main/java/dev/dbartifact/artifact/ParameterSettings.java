package dev.dbartifact.artifact;

import java.util.Optional;

/// The parameter groups of a cluster and of its instances, by name. An absent value means "no wish"
/// in a target.
public record ParameterSettings(Optional<String> clusterGroup, Optional<String> instanceGroup) {}
