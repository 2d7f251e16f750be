package dev.dbartifact.converger.report;

import dev.dbartifact.converger.run.StepListener;
import dev.dbartifact.converger.steps.Step;
import dev.dbartifact.rds.StatusClass;
import dev.dbartifact.rds.WaitingReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Tells on the way what is being done: each step as it begins, and each state of what is waited
/// for once. On a terminal the states are live lines at the bottom, elsewhere one line per change.
public final class Progress implements StepListener, WaitingReport, AutoCloseable {
  private static final long REDRAW_MILLIS = 200;
  private static final String ELLIPSIS = "...";
  private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

  private record Live(String state, long sinceNanos, boolean moving) {}

  private final PrintStream out;
  private final boolean terminal;
  private final int columns;
  private final Map<String, Live> live = new LinkedHashMap<>();
  private final List<String> done = new CopyOnWriteArrayList<>();
  private int drawn;
  private Thread redrawing;

  /// @param columns how wide a terminal is; a live line that would wrap is cut
  public Progress(PrintStream out, boolean terminal, int columns) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
  }

  /// The sentences of the changes that are done.
  public List<String> done() {
    return List.copyOf(done);
  }

  /// Says something that is no step and no state.
  public synchronized void say(String sentence) {
    erase();
    out.println(sentence);
    draw();
  }

  @Override
  public void started(Step step) {
    say(step.sentence());
  }

  @Override
  public void finished(Step step) {
    if (step.changes()) {
      done.add(step.sentence());
    }
  }

  /// Several steps may wait for the same resource; each of its states is told once.
  @Override
  public synchronized void changed(
      String resource, String state, StatusClass statusClass, Duration waited) {
    Live before = live.get(resource);
    if (state.isEmpty() || (before != null && before.state().equals(state))) {
      return;
    }
    boolean moving = statusClass == StatusClass.IN_PROGRESS;
    if (terminal) {
      erase();
      live.remove(resource);
      live.put(resource, new Live(state, System.nanoTime() - waited.toNanos(), moving));
      draw();
      keepRedrawing();
    } else {
      live.put(resource, new Live(state, 0, moving));
      out.println("  " + line(resource, state, moving ? Duration.ZERO : waited));
    }
  }

  private static String line(String resource, String state, Duration waited) {
    boolean instant = waited.toMillis() < 100;
    return resource + ": " + state + (instant ? "" : " (" + OutcomeText.seconds(waited) + ")");
  }

  private void draw() {
    if (!terminal) {
      return;
    }
    live.forEach((resource, each) -> {
      var waited = Duration.ofNanos(System.nanoTime() - each.sinceNanos());
      out.println(cut("  " + line(resource, each.state(), each.moving() ? waited : Duration.ZERO)));
    });
    drawn = live.size();
    out.flush();
  }

  /// One row of the terminal, since erasing counts rows. The last column stays free: some terminals
  /// wrap as soon as it is filled.
  private String cut(String line) {
    String row = line.replaceAll("\\p{Cntrl}+", " ");
    return row.length() < columns
        ? row
        : row.substring(0, columns - 1 - ELLIPSIS.length()) + ELLIPSIS;
  }

  private void erase() {
    out.print(UP_AND_CLEAR.repeat(drawn));
    drawn = 0;
  }

  private void keepRedrawing() {
    if (redrawing == null) {
      redrawing = Thread.ofPlatform().daemon().name("progress").start(this::redraw);
    }
  }

  private void redraw() {
    try {
      while (true) {
        Thread.sleep(REDRAW_MILLIS);
        synchronized (this) {
          erase();
          draw();
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /// Leaves the last states standing.
  @Override
  public synchronized void close() {
    if (redrawing != null) {
      redrawing.interrupt();
    }
    drawn = 0;
    out.flush();
  }
}
