package dev.dbartifact.examples.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// How long one thing took, each time that it was done.
///
/// @param each at least one
record Timings(List<Duration> each) {
  Timings {
    if (each.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    each = each.stream().sorted().toList();
  }

  /// The middle one; of an even number, the mean of the two in the middle.
  Duration median() {
    int upper = each.size() / 2;
    return each.size() % 2 == 1
        ? each.get(upper)
        : each.get(upper - 1).plus(each.get(upper)).dividedBy(2);
  }

  /// How many times as long as another thing, by the medians.
  double ratioTo(Timings other) {
    return (double) median().toNanos() / other.median().toNanos();
  }

  /// Such as `0.334 s (0.301–0.402)`: median, shortest and longest.
  @Override
  public String toString() {
    String middle = seconds(median()) + " s";
    return each.size() == 1
        ? middle
        : "%s (%s–%s)".formatted(middle, seconds(each.getFirst()), seconds(each.getLast()));
  }

  static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  private static String seconds(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    return String.format(Locale.ROOT, seconds < 10 ? "%.3f" : "%.1f", seconds);
  }
}
