package dev.dbartifact.localengine.misbehaviour;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.wire.Interference.Target;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How the engine misbehaves, as data. Pure: what a call meets follows from the rules and from the
/// calls before it.
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

  /// How often each rule was met, by its number, alone and with a resource; -1 before what it waits
  /// for.
  record Counts(TreeMap<String, Integer> met) {
    static final Counts NONE = new Counts(new TreeMap<>());
  }

  record Judgement(Decision decision, Counts counts) {}

  Judgement judge(Counts before, Target target) {
    var met = new TreeMap<>(before.met());
    var called = target.service() + ":" + target.action();
    var decision = Decision.NOTHING;
    for (var at = 0; at < rules.size(); at++) {
      var rule = rules.get(at);
      var own = at + "/" + target.resource();
      if (rule.isArmedBy(called, target.resource())) {
        met.put(own, 0);
      } else if (rule.isAbout(called, target.resource())) {
        var total = met.merge(String.valueOf(at), 1, Integer::sum);
        var ofResource = rule.after() == null || met.containsKey(own) ? next(met, own) : null;
        decision = isMet(rule, at, total, ofResource) ? decision.and(rule) : decision;
      }
    }
    return new Judgement(decision, new Counts(met));
  }

  private static Integer next(TreeMap<String, Integer> met, String key) {
    return met.merge(key, 1, Integer::sum);
  }

  private boolean isMet(Rule rule, int at, int total, Integer ofResource) {
    if (rule.share() != null) {
      return new SplittableRandom(seed + at + STEP * total).nextDouble() < rule.share();
    }
    if (rule.calls() != null) {
      return rule.calls().contains(total);
    }
    return rule.first() == null || ofResource != null && ofResource <= rule.first();
  }
}
