package dev.dbartifact.rds;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What goes wrong with calls of a region: some are too many, some meet a fault of AWS's own, and
/// at one change the caller dies.
final class FakeTrouble {
  private int dieAt = Integer.MAX_VALUE;
  private boolean changeBeforeDying;
  private int throttled;
  private boolean throttlingEveryCall;
  private final Set<String> throttledOnce = new HashSet<>();
  private final Map<String, Integer> throttledChanges = new HashMap<>();
  private final Map<String, String> overtaken = new HashMap<>();
  private int undisturbed;
  private int disturbances;

  void throttle(int calls) {
    throttled = calls;
  }

  void throttle(String change, int times) {
    throttledChanges.put(change, times);
  }

  void throttleEveryCall() {
    throttlingEveryCall = true;
  }

  void overtake(String change, String code) {
    overtaken.put(change, code);
  }

  void disturbAfter(int calls, int times) {
    undisturbed = calls;
    disturbances = times;
  }

  /// @param change the number of the change at which the caller dies
  /// @param afterwards whether that change has been made then
  void dieAt(int change, boolean afterwards) {
    dieAt = change;
    changeBeforeDying = afterwards;
  }

  void revive() {
    dieAt = Integer.MAX_VALUE;
  }

  void misbehave(String what) {
    if (throttled > 0) {
      throttled--;
      throw fault("Throttling", "Rate exceeded");
    }
    if (throttledChanges.getOrDefault(what, 0) > 0) {
      throttledChanges.merge(what, -1, Integer::sum);
      throw fault("Throttling", "Rate exceeded");
    }
    if (throttlingEveryCall && throttledOnce.add(what)) {
      throw fault("Throttling", "Rate exceeded");
    }
    if (undisturbed > 0) {
      undisturbed--;
    } else if (disturbances > 0) {
      disturbances--;
      throw fault("InternalFailure", "try me later");
    }
  }

  /// Somebody else makes the change at the last moment; the caller hears why it cannot any more.
  void comeTooLate(String what, Runnable change) {
    String code = overtaken.remove(what);
    if (code != null) {
      change.run();
      throw fault(code, "somebody was faster");
    }
  }

  void refuseTheDead() {
    if (dieAt == 0) {
      throw new FakeClusters.Crash();
    }
  }

  /// The change with this number, which may be the caller's last.
  void make(int number, Runnable change) {
    boolean lastBreath = number == dieAt;
    if (lastBreath && !changeBeforeDying) {
      die();
    }
    change.run();
    if (lastBreath) {
      die();
    }
  }

  private void die() {
    dieAt = 0;
    throw new FakeClusters.Crash();
  }

  /// As AWS words it.
  static AwsException fault(String code, String message) {
    return new AwsException(
        "Could not do it",
        ErrorTable.meaning(code),
        code,
        message + " (" + code + ")",
        ErrorTable.advice(code, message),
        null);
  }
}
