package dev.dbartifact.converger.run;

import dev.dbartifact.converger.steps.Step;

/// Hears of steps, from several threads at once.
public interface StepListener {
  void started(Step step);

  void finished(Step step);
}
