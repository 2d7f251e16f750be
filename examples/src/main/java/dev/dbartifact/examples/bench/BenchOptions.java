package dev.dbartifact.examples.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/// What is asked for on the command line.
///
/// @param sizes of the sources, ascending; the first one also serves what does not depend on size
/// @param runs of each thing that takes moments
/// @param slowRuns of each thing that copies all data
/// @param tps transactions per second that the sources are loaded with
/// @param clones at a time, where their number is what is measured
/// @param page the file whose tables are replaced
record BenchOptions(
    List<Section> sections,
    List<DataSize> sizes,
    int runs,
    int slowRuns,
    int tps,
    int clones,
    Optional<Path> page) {
  private static final Options OPTIONS =
      new Options()
          .addOption(withValue("sizes"))
          .addOption(withValue("runs"))
          .addOption(withValue("slow-runs"))
          .addOption(withValue("tps"))
          .addOption(withValue("clones"))
          .addOption(withValue("write"));

  private static Option withValue(String name) {
    return Option.builder().longOpt(name).hasArg().get();
  }

  /// @throws IllegalArgumentException with a sentence for the user
  static BenchOptions parse(List<String> arguments) {
    try {
      return of(new DefaultParser(false).parse(OPTIONS, arguments.toArray(String[]::new)));
    } catch (ParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static BenchOptions of(CommandLine line) {
    return new BenchOptions(
        sections(line.getArgList()),
        Arrays.stream(line.getOptionValue("sizes", "1,4").split(","))
            .map(DataSize::parse)
            .sorted((one, other) -> Integer.compare(one.mebibytes(), other.mebibytes()))
            .distinct()
            .toList(),
        number(line, "runs", 9, 1, 1000),
        number(line, "slow-runs", 1, 0, 100),
        number(line, "tps", 200, 1, 100_000),
        number(line, "clones", 100, 2, 10_000),
        Optional.ofNullable(line.getOptionValue("write")).map(Path::of));
  }

  private static List<Section> sections(List<String> words) {
    boolean all = words.isEmpty() || words.contains("all");
    return all
        ? List.of(Section.values())
        : words.stream().map(Section::named).distinct().sorted().toList();
  }

  private static int number(CommandLine line, String option, int otherwise, int least, int most) {
    var text = line.getOptionValue(option, String.valueOf(otherwise));
    if (!text.matches("[0-9]{1,9}")
        || Integer.parseInt(text) < least
        || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException(
          "--%s '%s' is not a number between %d and %d".formatted(option, text, least, most));
    }
    return Integer.parseInt(text);
  }
}
