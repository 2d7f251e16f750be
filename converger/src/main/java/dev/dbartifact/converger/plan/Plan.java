package dev.dbartifact.converger.plan;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.converger.options.Hazard;
import dev.dbartifact.converger.steps.AddInstance;
import dev.dbartifact.converger.steps.ConfirmLogin;
import dev.dbartifact.converger.steps.Step;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is to be done to a database. An empty plan means: nothing.
///
/// @param steps in an order in which they can be done one after the other
/// @param leftovers differences that no step can mend, as sentences
public record Plan(ClusterId target, List<Step> steps, List<String> leftovers) {
  public Plan {
    steps = List.copyOf(steps);
    leftovers = List.copyOf(leftovers);
  }

  public boolean isEmpty() {
    return steps.isEmpty() && leftovers.isEmpty();
  }

  /// This plan, with one more difference that no step can mend.
  public Plan leaving(String leftover) {
    return new Plan(target, steps, Stream.concat(leftovers.stream(), Stream.of(leftover)).toList());
  }

  /// Whether a step logs in with the master password.
  public boolean logsIn() {
    return steps.stream().anyMatch(ConfirmLogin.class::isInstance);
  }

  /// The names of the instances that it adds.
  public List<ClusterId> newInstances() {
    return steps.stream()
        .filter(AddInstance.class::isInstance)
        .map(step -> ((AddInstance) step).wish().instance())
        .toList();
  }

  public boolean needsPassword() {
    return steps.stream().anyMatch(Step::needsPassword);
  }

  /// The hazards that have to be allowed first.
  public Set<Hazard> hazards() {
    return steps.stream()
        .flatMap(step -> step.hazards().stream())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Hazard.class)));
  }

  /// One line for each step and leftover.
  public List<String> lines() {
    return Stream.concat(steps.stream().map(Plan::line), leftovers.stream().map("! "::concat))
        .toList();
  }

  private static String line(Step step) {
    return "- "
        + step.sentence()
        + (step.hazards().isEmpty()
            ? ""
            : step.hazards().stream()
                .sorted()
                .map(Hazard::toString)
                .collect(Collectors.joining(", ", " [", "]")));
  }

  @Override
  public String toString() {
    return isEmpty() ? "nothing to do\n" : String.join("\n", lines()) + "\n";
  }
}
