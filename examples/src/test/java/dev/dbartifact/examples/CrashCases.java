package dev.dbartifact.examples;

import java.util.stream.Stream;

/// At which calls the converger is killed. Its own tests do so at every one.
final class CrashCases {
  private CrashCases() {}

  static Stream<CrashCase> all() {
    return Stream.of(
        new CrashCase("clone", "RestoreDBClusterToPointInTime", true),
        new CrashCase("clone", "CreateDBInstance", true),
        new CrashCase("clone", "ModifyDBCluster", false),
        new CrashCase("clone", "AddTagsToResource", false),
        new CrashCase("create", "CreateDBCluster", true));
  }
}
