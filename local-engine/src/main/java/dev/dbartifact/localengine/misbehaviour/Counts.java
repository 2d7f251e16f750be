package dev.dbartifact.localengine.misbehaviour;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often each rule was met, by its number; for rules with `first` also with each resource. Who
/// has it takes care that one at a time counts.
final class Counts {

  /// Of all rules together.
  static final int MOST_RESOURCES = 10_000;

  private final Map<Integer, Integer> totals = new HashMap<>();

  /// Where there are too many, the one that was called longest ago is forgotten.
  private final Map<Met, Integer> ofResources =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Met, Integer> eldest) {
          return size() > MOST_RESOURCES;
        }
      };

  private record Met(int rule, String resource) {}

  /// Counts a call that fits the rule.
  ///
  /// @return its number, from 1
  int next(int rule) {
    return totals.merge(rule, 1, Integer::sum);
  }

  /// The rule counts anew for the resource.
  void restart(int rule, String resource) {
    ofResources.put(new Met(rule, resource), 0);
  }

  /// Counts a call for its resource.
  ///
  /// @param rule has `first`
  /// @return whether it is among the first ones; with `after`, since that was called
  boolean isAmongFirst(int at, Rule rule, String resource) {
    var met = new Met(at, resource);
    int before = ofResources.getOrDefault(met, rule.after() == null ? 0 : rule.first());
    if (before >= rule.first()) {
      return false;
    }
    ofResources.put(met, before + 1);
    return true;
  }

  /// Of rules and resources.
  int resources() {
    return ofResources.size();
  }
}
