package dev.dbartifact.localengine.misbehaviour;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.wire.Interference.Target;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How the engine misbehaves, as data. What a call meets follows from the rules and from the calls
/// before it.
///
/// @param seed the same one lets the same calls go wrong
public record Rules(long seed, List<Rule> rules) {

  /// None.
  public static final Rules NONE = new Rules(0, List.of());

  private static final long STEP = 0x9E3779B97F4A7C15L;

  /// Loaded by the first one that is read: to know that there are none, a start needs it not.
  private static final class Document {
    static final ObjectMapper JSON =
        new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  public Rules {
    rules = rules == null ? List.of() : List.copyOf(rules);
  }

  /// Reads `{"seed": 1, "rules": […]}`.
  ///
  /// @param vocabulary what the rules may name
  /// @throws IllegalArgumentException with all that is wrong
  public static Rules parse(String json, Vocabulary vocabulary) {
    var read = read(json);
    var problems =
        IntStream.range(0, read.rules.size())
            .boxed()
            .flatMap(at ->
                problems(read.rules.get(at), vocabulary)
                    .map(problem -> "rule " + (at + 1) + ": " + problem))
            .toList();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return read;
  }

  /// What names nothing is looked for in rules that are otherwise good.
  private static Stream<String> problems(Rule rule, Vocabulary vocabulary) {
    var problems = rule.problems();
    return (problems.isEmpty() ? vocabulary.problems(rule) : problems).stream();
  }

  private static Rules read(String json) {
    try {
      var read = Document.JSON.readValue(json, Rules.class);
      if (read == null) {
        throw new IllegalArgumentException("An object with rules is expected, not null");
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(RulesText.problem(e), e);
    }
  }

  String json() {
    try {
      return Document.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Could not write the rules as JSON", e);
    }
  }

  /// What a call meets; it counts.
  Decision judge(Counts counts, Target target) {
    var called = target.service() + ":" + target.action();
    var resource = target.resource();
    var decision = Decision.NOTHING;
    for (var at = 0; at < rules.size(); at++) {
      var rule = rules.get(at);
      if (rule.isArmedBy(called, resource)) {
        counts.restart(at, resource);
      } else if (rule.isAbout(called, resource) && isMet(rule, at, counts, resource)) {
        decision = decision.and(rule);
      }
    }
    return decision;
  }

  private boolean isMet(Rule rule, int at, Counts counts, String resource) {
    var number = counts.next(at);
    if (rule.share() != null) {
      return new SplittableRandom(seed + at + STEP * number).nextDouble() < rule.share();
    }
    if (rule.calls() != null) {
      return rule.calls().contains(number);
    }
    return rule.first() == null || counts.isAmongFirst(at, rule, resource);
  }
}
