package dev.dbartifact.artifact;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How small and how large a Serverless v2 instance may become, in Aurora capacity units: steps of
/// a half, 0 to 256 (ServerlessV2ScalingConfiguration).
public record ServerlessRange(BigDecimal min, BigDecimal max) {
  private static final Pattern FORM =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*-\\s*([0-9]+(?:\\.[0-9]+)?)");
  private static final BigDecimal LARGEST = BigDecimal.valueOf(256);

  public ServerlessRange {
    min = capacity(min);
    max = capacity(max);
    if (max.signum() == 0 || min.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "a serverless range must grow from its minimum to its maximum, found "
              + min
              + " to "
              + max);
    }
  }

  private static BigDecimal capacity(BigDecimal units) {
    boolean halfSteps = units.multiply(BigDecimal.TWO).stripTrailingZeros().scale() <= 0;
    if (units.signum() < 0 || units.compareTo(LARGEST) > 0 || !halfSteps) {
      throw new IllegalArgumentException(
          "a serverless capacity is 0 to 256 in steps of 0.5, found " + units.toPlainString());
    }
    return units.setScale(1);
  }

  /// Reads the form of the INI file, `0.5-8`.
  public static ServerlessRange parse(String text) {
    Matcher range = FORM.matcher(text.strip());
    if (!range.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a serverless range: minimum-maximum, such as 0.5-8");
    }
    return new ServerlessRange(new BigDecimal(range.group(1)), new BigDecimal(range.group(2)));
  }

  /// Whether instances pause while nobody uses them, and a login wakes them ("Scaling to Zero ACUs
  /// with automatic pause and resume" of the Aurora user guide).
  public boolean pauses() {
    return min.signum() == 0;
  }

  @Override
  public String toString() {
    return min.toPlainString() + "-" + max.toPlainString();
  }
}
