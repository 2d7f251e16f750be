package dev.dbartifact.localengine.misbehaviour;

import dev.dbartifact.localengine.wire.DroppedConnection;
import dev.dbartifact.localengine.wire.Interference;
import java.util.function.Supplier;

/// Lets calls go wrong as the rules of the moment say.
public final class Misbehaviour implements Interference {

  private final Endings endings;
  private Rules rules;
  private Counts counts = new Counts();

  /// @param endings is told how what a call makes or changes is to end up
  public Misbehaviour(Rules rules, Endings endings) {
    this.rules = rules;
    this.endings = endings;
  }

  /// Who brings clusters and instances into a state.
  @FunctionalInterface
  public interface Endings {
    void end(String action, String resource, String state);
  }

  /// The rules of the moment as JSON.
  public synchronized String json() {
    return rules.json();
  }

  /// Other rules from now on; all counting begins anew.
  public synchronized void become(Rules others) {
    rules = others;
    counts = new Counts();
  }

  private synchronized Decision decide(Target target) {
    return rules.judge(counts, target);
  }

  @Override
  public Object around(Target target, Supplier<?> call) {
    var decision = decide(target);
    pause(decision);
    if (decision.fault() != null) {
      throw decision.fault().thrownBy(target.service());
    }
    if ("before".equals(decision.drop())) {
      throw new DroppedConnection();
    }
    var answer = call.get();
    if (decision.endsIn() != null) {
      endings.end(target.action(), target.resource(), decision.endsIn());
    }
    if ("after".equals(decision.drop())) {
      throw new DroppedConnection();
    }
    return answer;
  }

  private static void pause(Decision decision) {
    try {
      Thread.sleep(decision.latency());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DroppedConnection();
    }
  }
}
