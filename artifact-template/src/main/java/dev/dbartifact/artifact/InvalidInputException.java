package dev.dbartifact.artifact;

import java.util.List;
import java.util.stream.Collectors;

/// An input that cannot be used, with every problem in it. Commands answer it with exit code 2.
public final class InvalidInputException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  /// @param tried what was tried, as the first line of the message, such as `Could not read
  ///   artifact-config.ini`
  public InvalidInputException(String tried, List<Problem> problems) {
    super(
        tried
            + ":\n"
            + problems.stream().map(each -> "  " + each).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
