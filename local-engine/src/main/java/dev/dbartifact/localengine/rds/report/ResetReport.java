package dev.dbartifact.localengine.rds.report;

/// What became of a clone that was to be reset.
///
/// @param id of the DB cluster or the plain instance
/// @param source what it was made from, such as `cluster 'prod'`
/// @param problem why it is not what it should be; null where all is well
/// @param warning what is not as it was, though it is reset; null where all else is
public record ResetReport(String id, String source, String problem, String warning) {}
