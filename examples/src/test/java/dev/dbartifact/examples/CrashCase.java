package dev.dbartifact.examples;

import java.util.List;
import java.util.Locale;

/// Where the converger dies.
///
/// @param mode what it was doing
/// @param action the call to RDS in which it is killed
/// @param done whether RDS has already done what was asked, so that only the answer was lost
record CrashCase(String mode, String action, boolean done) {
  String id() {
    return "dev-crash-"
        + mode
        + "-"
        + action.toLowerCase(Locale.ROOT).substring(0, 9)
        + (done ? "-done" : "-asked");
  }

  List<String> options() {
    return List.of("--mode", mode, "--cluster_id", id(), "--owner", "jane");
  }

  @Override
  public String toString() {
    return mode + ", killed when " + action + (done ? " was done" : " was about to be asked");
  }
}
