package dev.dbartifact.localengine.rds.record;

/// What somebody set a parameter to.
///
/// @param method `immediate` or `pending-reboot`
public record ParameterValue(String value, String method) {}
