package dev.dbartifact.localengine.misbehaviour;

import java.time.Duration;

/// What becomes of a call.
///
/// @param latency how long it waits
/// @param fault the answer, null for the action's own
/// @param drop null, `before` or `after`
/// @param endsIn the state of what it makes or changes, null for the usual one
record Decision(Duration latency, Fault fault, String drop, String endsIn) {

  static final Decision NOTHING = new Decision(Duration.ZERO, null, null, null);

  /// With what another rule adds; the first rule that has an effect keeps it.
  Decision and(Rule rule) {
    var more = rule.latencyMillis() == null ? 0 : rule.latencyMillis();
    var decided = fault != null || drop != null || endsIn != null;
    return new Decision(
        latency.plusMillis(more),
        decided ? fault : rule.fault(),
        decided ? drop : rule.drop(),
        decided ? endsIn : rule.endsIn());
  }
}
