package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The tables of the README and the programs know the same keys and options.
@ExtendWith(WorkshopExtension.class)
class OptionTablesIT {
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z_-]+");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\S.*?) \\|");
  private static final Pattern KEY = Pattern.compile("`([^`]+)`");
  private static final Pattern KNOWN =
      Pattern.compile("\\[(\\w+)] qqqqqqqqqqqq: .*known are (.*)$", Pattern.MULTILINE);

  @TempDir Path folder;

  @Test
  void everyKeyOfTheIniFile(Workshop workshop) throws Exception {
    Map<String, Set<String>> documented = documentedKeys();
    var ini = new StringBuilder();
    documented.keySet().forEach(each -> ini.append("[" + each + "]\nqqqqqqqqqqqq = 1\n"));
    Path file = Files.writeString(folder.resolve("artifact-config.ini"), ini);

    Answer refused = workshop.builder(file).run().exits(2);

    var known = new LinkedHashMap<String, Set<String>>();
    KNOWN
        .matcher(refused.err())
        .results()
        .forEach(
            line -> known.put(line.group(1), new TreeSet<>(Set.of(line.group(2).split(", ")))));
    assertThat(documented).isEqualTo(known);
  }

  @Test
  void everySectionOfTheIniFile(Workshop workshop) throws Exception {
    Path file = Files.writeString(folder.resolve("artifact-config.ini"), "[qqqqqqqqqqqqqqqq]\n");

    Answer refused = workshop.builder(file).run().exits(2);

    assertThat(refused.err())
        .contains(
            "known are "
                + documentedKeys().keySet().stream().sorted().collect(Collectors.joining(", ")));
  }

  @Test
  void everyOptionOfTheBuilder(Workshop workshop) throws Exception {
    String help = workshop.builder(Repository.CLONE).arguments("--help").run().exits(0).out();

    assertThat(documentedOptions("`db-artifact-builder artifact-config.ini`"))
        .isEqualTo(options(help));
  }

  @Test
  void everyOptionOfTheConverger(Workshop workshop) throws Exception {
    String help =
        workshop.wrapper(workshop.image(Repository.CLONE)).arguments("--help").run().exits(0).out();

    assertThat(documentedOptions("`db-artifact-converge [converge|plan|status|describe]`"))
        .isEqualTo(options(help));
  }

  private static Map<String, Set<String>> documentedKeys() {
    var keys = new LinkedHashMap<String, Set<String>>();
    String section = null;
    for (String line : chapter("## artifact-config.ini").lines().toList()) {
      var row = ROW.matcher(line);
      if (!row.find()) {
        continue;
      }
      var key = KEY.matcher(row.group(1));
      if (row.group(1).startsWith("**`[")) {
        section = row.group(1).replaceAll("[^a-z_]", "");
        keys.put(section, new TreeSet<>());
      } else if (key.find()) {
        keys.get(section).add(key.group(1));
      }
    }
    return keys;
  }

  /// The first column of the table behind these words.
  private static Set<String> documentedOptions(String words) {
    String rest = Repository.readme().substring(Repository.readme().indexOf(words));
    int table = rest.indexOf("\n| Option");
    String rows = rest.substring(table, rest.indexOf("\n\n", table));
    return rows.lines()
        .filter(line -> line.startsWith("| `"))
        .flatMap(line -> options(line.replace("\\|", "/")).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Both spellings are one option.
  private static Set<String> options(String text) {
    return OPTION
        .matcher(text)
        .results()
        .map(found -> found.group().replace('-', '_'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String chapter(String title) {
    return Arrays.stream(Repository.readme().split("(?m)^(?=## )"))
        .filter(each -> each.startsWith(title))
        .findFirst()
        .orElseThrow();
  }
}
