package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.compute.Formula;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.ServerParameter;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// What values parameters can have. Pure.
final class AllowedValues {
  private static final int LONGEST = 4000;

  private AllowedValues() {}

  /// As RDS shows them; null where it does not say.
  static String shown(ServerParameter of) {
    return switch (of.type()) {
      case "bool" -> "0,1";
      case "integer", "real" -> of.least() + "-" + of.most();
      default -> of.choices().isEmpty() ? null : String.join(",", of.choices());
    };
  }

  static boolean include(ServerParameter of, String value) {
    return value != null
        && value.length() <= LONGEST
        && of.canBeWritten(value)
        && isOfType(of, value);
  }

  private static boolean isOfType(ServerParameter of, String value) {
    return switch (of.type()) {
      case "bool" -> value.equals("0") || value.equals("1");
      case "integer" -> value.matches("-?[0-9]{1,18}") ? isWithin(of, value) : Formula.isOne(value);
      case "real" -> value.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?") && isWithin(of, value);
      case "enum" -> areChoices(of, List.of(value));
      default ->
          value.chars().noneMatch(Character::isISOControl)
              && (of.choices().isEmpty()
                  || value.isEmpty()
                  || areChoices(of, List.of(value.split("\\s*,\\s*"))));
    };
  }

  /// MariaDB takes its words in any case; RDS has some in small letters, such as those of
  /// `binlog_row_image`.
  private static boolean areChoices(ServerParameter of, Collection<String> words) {
    return of.server() == ServerKind.POSTGRESQL
        ? of.choices().containsAll(words)
        : small(of.choices()).containsAll(small(words));
  }

  private static List<String> small(Collection<String> words) {
    return words.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
  }

  private static boolean isWithin(ServerParameter of, String value) {
    var number = new BigDecimal(value);
    return number.compareTo(new BigDecimal(of.least())) >= 0
        && number.compareTo(new BigDecimal(of.most())) <= 0;
  }
}
