package dev.dbartifact.examples.bench;

import java.util.List;
import java.util.Locale;

/// What a load achieved for a while.
///
/// @param perSecond transactions
/// @param perProcessorSecond transactions for each second that the server itself used of a
///   processor: what others take of the processors does not show in it
record Throughput(double perSecond, double perProcessorSecond) {

  /// How much less one thing is than another, for each pair of them.
  ///
  /// @param shares at least one, such as 0.05 for a twentieth less; negative for more
  record Falls(List<Double> shares) {
    Falls {
      if (shares.isEmpty()) {
        throw new IllegalArgumentException("nothing was measured");
      }
      shares = shares.stream().sorted().toList();
    }

    double median() {
      return quantile(0.5);
    }

    /// Between two neighbours, in proportion.
    private double quantile(double part) {
      double place = part * (shares.size() - 1);
      int below = (int) Math.floor(place);
      int above = Math.min(below + 1, shares.size() - 1);
      return shares.get(below) + (place - below) * (shares.get(above) - shares.get(below));
    }

    /// Such as `4 % (-3 to 9)`: median and quartiles.
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.0f %% (%.0f to %.0f)",
          100 * median(),
          100 * quantile(0.25),
          100 * quantile(0.75));
    }
  }

  /// The share by which this is less than what there was before and after it.
  double fallFrom(Throughput before, Throughput after) {
    return 1 - 2 * perSecond / (before.perSecond + after.perSecond);
  }

  /// The same of transactions for each second of a processor.
  double fallInWorkFrom(Throughput before, Throughput after) {
    return 1 - 2 * perProcessorSecond / (before.perProcessorSecond + after.perProcessorSecond);
  }
}
