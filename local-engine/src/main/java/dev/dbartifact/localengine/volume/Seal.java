package dev.dbartifact.localengine.volume;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/// What a complete volume says about itself. It names its volume, so that the seal that a clone
/// brings along from its source does not pass for its own.
///
/// @param volume the volume's name
/// @param postgres version of the PostgreSQL that its files are for, such as `17.11`
@JsonIgnoreProperties(ignoreUnknown = true)
public record Seal(String volume, String postgres) {}
