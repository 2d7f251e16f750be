package dev.dbartifact.localengine.rds;

/// What somebody set a parameter to.
///
/// @param method `immediate` or `pending-reboot`
record ParameterValue(String value, String method) {}
