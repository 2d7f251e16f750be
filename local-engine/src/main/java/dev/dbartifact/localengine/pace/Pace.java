package dev.dbartifact.localengine.pace;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/// How fast states move on: at least so long is each one shown.
///
/// @param speed how many times faster than AWS; only of [Kind#AURORA]
public record Pace(Kind kind, double speed) {

  /// Only while the real work lasts.
  public static final Pace INSTANT = new Pace(Kind.INSTANT, 1);

  /// Each state can be seen by a client that polls every second.
  public static final Pace QUICK = new Pace(Kind.QUICK, 1);

  private static final double MOST = 100_000;

  /// A change of DNS is never INSYNC at once, whatever the pace: clients must ask.
  private static final Duration DNS_LEAST = Duration.ofSeconds(1);

  public enum Kind {
    INSTANT,
    QUICK,
    AURORA
  }

  public Pace {
    if (!(speed > 0 && speed <= MOST)) {
      throw new IllegalArgumentException(
          "The factor of a pace is above 0 and at most 100000, not " + speed);
    }
  }

  /// The minutes of AWS, divided by the factor.
  public static Pace aurora(double speed) {
    return new Pace(Kind.AURORA, speed);
  }

  /// Reads `instant`, `quick`, `aurora` or `aurora:60` (sixty times faster).
  ///
  /// @throws IllegalArgumentException when it is none of these
  public static Pace parse(String text) {
    var parts = text.split(":", 2);
    if (parts.length == 1) {
      return switch (text) {
        case "instant" -> INSTANT;
        case "quick" -> QUICK;
        case "aurora" -> aurora(1);
        default -> throw unknown(text);
      };
    }
    if (!parts[0].equals("aurora") || !parts[1].matches("[0-9]{1,6}(\\.[0-9]{1,6})?")) {
      throw unknown(text);
    }
    return aurora(new BigDecimal(parts[1]).doubleValue());
  }

  /// As [#parse] reads it.
  public String text() {
    var name = kind.name().toLowerCase(Locale.ROOT);
    return speed == 1
        ? name
        : name + ":" + BigDecimal.valueOf(speed).stripTrailingZeros().toPlainString();
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is no pace: instant, quick, aurora, or aurora:60 for sixty times faster");
  }

  /// How long the state is shown at least.
  public Duration of(Phase phase) {
    return switch (kind) {
      case INSTANT -> phase == Phase.DNS_PENDING ? DNS_LEAST : Duration.ZERO;
      case QUICK -> phase.quick();
      case AURORA -> Duration.ofMillis(Math.round(phase.aurora().toMillis() / speed));
    };
  }

  /// A time that somebody has chosen. Only where the minutes of AWS are divided by a factor, it is,
  /// too.
  public Duration of(Duration chosen) {
    return Duration.ofMillis(Math.round(chosen.toMillis() / speed));
  }
}
