package dev.dbartifact.localengine.misbehaviour;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which calls go wrong, and how. Every value besides `action` may be missing.
///
/// @param action `service:Action`, in which `*` stands for anything
/// @param resource the name of what is asked for, with `*` as well
/// @param share of the calls, above 0 and at most 1; which ones follows from the seed
/// @param calls their numbers, from 1, among those that fit the rule
/// @param first so many for each resource
/// @param after an action like `action`: `first` counts anew when it is called for the resource,
///   and nothing goes wrong before
/// @param latencyMillis how long the call waits, 0 to 600000
/// @param fault the answer
/// @param drop `before` or `after` the action is done: the connection ends without an answer
/// @param endsIn the state in which the cluster or instance ends up, such as `restore-failed`
@JsonInclude(JsonInclude.Include.NON_NULL)
record Rule(
    String action,
    String resource,
    Double share,
    List<Integer> calls,
    Integer first,
    String after,
    Integer latencyMillis,
    Fault fault,
    String drop,
    String endsIn) {

  private static final String ACTION = "[a-z0-9*-]+:[A-Za-z*]+";
  private static final int LONGEST = 600_000;

  /// What is wrong with it, in words; empty for a good one.
  List<String> problems() {
    var problems = new ArrayList<String>();
    if (action == null || !action.matches(ACTION)) {
      problems.add("action must be like rds:CreateDBCluster or rds:Describe*, not " + action);
    }
    if (after != null && (!after.matches(ACTION) || first == null)) {
      problems.add("after must be like rds:CreateDBCluster, and needs first");
    }
    if (share != null && !(share > 0 && share <= 1)) {
      problems.add("share must be above 0 and at most 1, not " + share);
    }
    if (calls != null && calls.stream().anyMatch(number -> number == null || number < 1)) {
      problems.add("calls are numbers from 1, not " + calls);
    }
    if (first != null && first < 1) {
      problems.add("first must be at least 1, not " + first);
    }
    if (latencyMillis != null && (latencyMillis < 0 || latencyMillis > LONGEST)) {
      problems.add("latencyMillis must be 0 to 600000, not " + latencyMillis);
    }
    if (drop != null && !drop.equals("before") && !drop.equals("after")) {
      problems.add("drop must be before or after, not " + drop);
    }
    if (endsIn != null && !(endsIn.matches("[a-z]+(-[a-z]+)*") && isRds())) {
      problems.add("endsIn must be a state such as restore-failed, of an action of rds");
    }
    if (fault != null && (fault.code() == null || fault.code().isBlank())) {
      problems.add("fault needs a code");
    }
    if (fault != null && fault.status() != null && (fault.status() < 400 || fault.status() > 599)) {
      problems.add("status must be 400 to 599, not " + fault.status());
    }
    if (Stream.of(share, calls, first).filter(java.util.Objects::nonNull).count() > 1) {
      problems.add("only one of share, calls and first can be given");
    }
    var effects = Stream.of(fault, drop, endsIn).filter(java.util.Objects::nonNull).count();
    if (effects > 1 || effects == 0 && latencyMillis == null) {
      problems.add("one of fault, drop, endsIn, or latencyMillis must be given");
    }
    return problems;
  }

  private boolean isRds() {
    return action != null && action.startsWith("rds:");
  }

  boolean isAbout(String called, String name) {
    return fits(action, called) && (resource == null || fits(resource, name));
  }

  boolean isArmedBy(String called, String name) {
    return after != null && fits(after, called) && (resource == null || fits(resource, name));
  }

  static boolean fits(String pattern, String text) {
    var regex =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return text.matches(regex);
  }
}
