package dev.dbartifact.artifact;

import java.util.List;
import java.util.Optional;

/// Who may log in how, and what is told about it. An absent value means "no wish" in a target.
///
/// @param iamAuthentication whether IAM database authentication is on
/// @param logExports the logs that go to CloudWatch, sorted; an empty list means none, an absent
///   one no wish
public record AccessSettings(
    Optional<Boolean> iamAuthentication, Optional<List<String>> logExports) {
  public AccessSettings {
    logExports = logExports.map(logs -> logs.stream().sorted().distinct().toList());
  }
}
