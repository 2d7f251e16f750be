package dev.dbartifact.localengine.rds.compute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A parameter's value that counts with the instance:
/// `LEAST({DBInstanceClassMemory/9531392},5000)`.
///
/// See "Specifying DB parameters" in the RDS and the Aurora User Guide. Divisions give whole
/// numbers, and `log` is that of base 2. Pure.
public final class Formula {

  private static final Pattern LOOKS =
      Pattern.compile(".*\\{.*|\\s*(GREATEST|LEAST|SUM)\\s*\\(.*", Pattern.DOTALL);
  private static final Pattern WORD =
      Pattern.compile("\\s*(GREATEST|LEAST|SUM|log|[A-Za-z]+|[0-9]{1,18}|[{}(),*/])");

  /// What can be counted with, as it is for a `db.r6g.large` with 100 GiB.
  private static final Map<String, Long> USUAL =
      Map.of(
          "AllocatedStorage", 100L << 30,
          "DBInstanceClassMemory", 15L << 30,
          "DBInstanceVCPU", 2L,
          "EndPointPort", 5432L,
          "TrueIfReplica", 0L);

  private final List<String> words;
  private final Map<String, Long> variables;
  private int at;

  private Formula(List<String> words, Map<String, Long> variables) {
    this.words = words;
    this.variables = variables;
  }

  /// Whether it is to be one; numbers are none.
  public static boolean isMeant(String value) {
    return LOOKS.matcher(value).matches();
  }

  /// Whether it can be computed, with a usual instance and with a replica of it. There may still be
  /// instances with which it cannot: the logarithm of one processor is 0, and nothing is divided by
  /// that.
  public static boolean isOne(String value) {
    var ofReplica = new HashMap<>(USUAL);
    ofReplica.put("TrueIfReplica", 1L);
    return isComputable(value, USUAL) && isComputable(value, ofReplica);
  }

  private static boolean isComputable(String value, Map<String, Long> variables) {
    try {
      compute(value, variables);
      return true;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }

  /// @param variables all of those that [#USUAL] has
  /// @throws IllegalArgumentException where it is none
  /// @throws ArithmeticException where it divides by zero with these
  static long compute(String value, Map<String, Long> variables) {
    var formula = new Formula(words(value), variables);
    var result = formula.argument();
    if (formula.at < formula.words.size()) {
      throw new IllegalArgumentException("Unexpected " + formula.words.get(formula.at));
    }
    return (long) result;
  }

  private static List<String> words(String value) {
    var words = new ArrayList<String>();
    var matcher = WORD.matcher(value.strip());
    while (matcher.lookingAt()) {
      words.add(matcher.group(1));
      matcher.region(matcher.end(), matcher.regionEnd());
    }
    if (matcher.regionStart() < matcher.regionEnd()) {
      throw new IllegalArgumentException("Not a formula: " + value);
    }
    return words;
  }

  /// A number, an expression in braces, or a function of such.
  private double argument() {
    if (takes("{")) {
      var result = product();
      need("}");
      return result;
    }
    var word = next();
    return switch (word) {
      case "GREATEST" -> arguments().mapToDouble(each -> each).max().orElseThrow();
      case "LEAST" -> arguments().mapToDouble(each -> each).min().orElseThrow();
      case "SUM" -> arguments().mapToDouble(each -> each).sum();
      default -> number(word);
    };
  }

  private Stream<Double> arguments() {
    need("(");
    var all = new ArrayList<Double>();
    do {
      all.add(argument());
    } while (takes(","));
    need(")");
    return all.stream();
  }

  private double product() {
    var result = factor();
    while (true) {
      if (takes("*")) {
        result = result * factor();
      } else if (takes("/")) {
        result = Math.floor(result / nonZero(factor()));
      } else {
        return result;
      }
    }
  }

  private double factor() {
    var word = next();
    if (!word.equals("log")) {
      return variables.containsKey(word) ? variables.get(word) : number(word);
    }
    need("(");
    var of = product();
    need(")");
    return of < 1 ? 0 : Math.log(of) / Math.log(2);
  }

  private static double nonZero(double divisor) {
    if (divisor == 0) {
      throw new ArithmeticException("Division by zero");
    }
    return divisor;
  }

  private static double number(String word) {
    if (!word.matches("[0-9]+")) {
      throw new IllegalArgumentException("Not a number: " + word);
    }
    return Long.parseLong(word);
  }

  private String next() {
    if (at == words.size()) {
      throw new IllegalArgumentException("It breaks off");
    }
    return words.get(at++);
  }

  private boolean takes(String word) {
    var is = at < words.size() && words.get(at).equals(word);
    at += is ? 1 : 0;
    return is;
  }

  private void need(String word) {
    if (!takes(word)) {
      throw new IllegalArgumentException("No " + word);
    }
  }
}
