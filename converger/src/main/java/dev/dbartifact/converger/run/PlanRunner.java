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
import java.util.stream.IntStream;

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
    List<CountDownLatch> done = steps.stream().map(step -> new CountDownLatch(1)).toList();
    ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
    try {
      var running = new ExecutorCompletionService<Void>(threads);
      for (int i = 0; i < steps.size(); i++) {
        int index = i;
        running.submit(() -> run(steps, index, done));
      }
      for (int i = 0; i < steps.size(); i++) {
        outcome(running.take());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Void run(List<Step> steps, int index, List<CountDownLatch> done)
      throws InterruptedException, StepException {
    Step step = steps.get(index);
    for (int needed : needs(steps, index)) {
      done.get(needed).await();
    }
    listener.started(step);
    step.run(world);
    listener.finished(step);
    done.get(index).countDown();
    return null;
  }

  private static List<Integer> needs(List<Step> steps, int index) {
    return IntStream.range(0, index)
        .filter(earlier -> steps.get(index).needs(steps.get(earlier)))
        .boxed()
        .toList();
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
