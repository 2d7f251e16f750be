package dev.dbartifact.converger.run;

import dev.dbartifact.converger.plan.Plan;
import dev.dbartifact.converger.steps.Step;
import dev.dbartifact.converger.steps.StepException;
import dev.dbartifact.converger.steps.StepWorld;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs the steps of a plan, each as soon as those that it needs are done. After a failure nothing
/// more is begun, and what is being waited for is given up.
public final class PlanRunner {
  private final StepWorld world;
  private final StepListener listener;

  public PlanRunner(StepWorld world, StepListener listener) {
    this.world = world;
    this.listener = listener;
  }

  /// @throws StepException when a step fails for a reason outside RDS; failures of RDS and of waits
  ///   come as they are
  public void run(Plan plan) throws StepException, InterruptedException {
    List<Step> steps = plan.steps();
    List<Milestones> milestones = steps.stream().map(step -> new Milestones()).toList();
    ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
    try {
      var running = new ExecutorCompletionService<Void>(threads);
      for (int i = 0; i < steps.size(); i++) {
        int index = i;
        running.submit(() -> run(steps, index, milestones));
      }
      for (int i = 0; i < steps.size(); i++) {
        outcome(running.take());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /// How far a step is: its request has been accepted, and then it is done.
  private record Milestones(CountDownLatch accepted, CountDownLatch done) {
    Milestones() {
      this(new CountDownLatch(1), new CountDownLatch(1));
    }

    void finished() {
      accepted.countDown();
      done.countDown();
    }
  }

  private Void run(List<Step> steps, int index, List<Milestones> milestones)
      throws InterruptedException, StepException {
    Step step = steps.get(index);
    for (int earlier = 0; earlier < index; earlier++) {
      if (step.needs(steps.get(earlier))) {
        milestones.get(earlier).done().await();
      } else if (step.follows(steps.get(earlier))) {
        milestones.get(earlier).accepted().await();
      }
    }
    listener.started(step);
    step.run(world.accepting(milestones.get(index).accepted()::countDown));
    listener.finished(step);
    milestones.get(index).finished();
    return null;
  }

  private static void outcome(Future<Void> step) throws StepException, InterruptedException {
    try {
      step.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case StepException known -> throw known;
        case InterruptedException stopped -> throw stopped;
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failed);
      }
    }
  }
}
