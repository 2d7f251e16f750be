package dev.dbartifact.localengine.secrets;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.secretsmanager.model.RotationRulesType;

/// When a secret rotates next, by its rules.
///
/// See RotationRulesType in the API model of Secrets Manager, version 2017-10-17.
final class RotationSchedule {

  private static final int MOST_DAYS = 1000;
  private static final Pattern RATE = Pattern.compile("rate\\(([0-9]{1,4}) (hour|day)s?\\)");
  private static final Pattern CRON = Pattern.compile("cron\\([0-9A-Za-z#?*/, -]+\\)");

  /// "As often as every four hours".
  private static final Duration SHORTEST = Duration.ofHours(4);

  private RotationSchedule() {}

  /// @throws RuntimeException a fault unless AWS would accept the rules
  static void check(RotationRulesType rules) {
    var days = rules.automaticallyAfterDays();
    var expression = rules.scheduleExpression();
    if (days != null && expression != null) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "You can't specify both AutomaticallyAfterDays and ScheduleExpression.");
    }
    if (days != null && (days < 1 || days > MOST_DAYS)) {
      throw SecretsFault.VALIDATION.with(
          "1 validation error detected: Value '%d' at 'rotationRules.automaticallyAfterDays' failed"
              + " to satisfy constraint: Member must have value %s than or equal to %d",
          days, days < 1 ? "greater" : "less", days < 1 ? 1 : MOST_DAYS);
    }
    if (expression != null && !isSchedule(expression)) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "The ScheduleExpression '%s' is neither cron(…) nor a rate(…) of at least 4 hours.",
          expression);
    }
  }

  private static boolean isSchedule(String expression) {
    return RATE.matcher(expression).matches()
        ? rate(expression).compareTo(SHORTEST) >= 0
        : CRON.matcher(expression).matches();
  }

  private static Duration rate(String expression) {
    var parts = RATE.matcher(expression).results().findFirst().orElseThrow();
    var number = Long.parseLong(parts.group(1));
    return parts.group(2).equals("hour") ? Duration.ofHours(number) : Duration.ofDays(number);
  }

  /// The next time after a rotation; null where only a cron expression would tell it.
  static Instant next(RotationRulesType rules, Instant rotated) {
    if (rules.automaticallyAfterDays() != null) {
      return rotated.plus(Duration.ofDays(rules.automaticallyAfterDays()));
    }
    var expression = rules.scheduleExpression();
    return expression != null && RATE.matcher(expression).matches()
        ? rotated.plus(rate(expression))
        : null;
  }
}
