package dev.dbartifact.localengine.rds.log;

import static dev.dbartifact.localengine.rds.log.LogPortion.MOST_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.LogFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LogPortionTest {

  private static final int ALL = Integer.MAX_VALUE;

  @Test
  void theFirstLines_andWhatFollows() throws Exception {
    var file = file("one\ntwo\nthree\n");

    var first = LogPortion.after(file, 0, 2);
    var rest = LogPortion.after(file, first.end(), 2);

    assertThat(first).isEqualTo(new LogPortion("one\ntwo\n", 8, true));
    assertThat(rest).isEqualTo(new LogPortion("three\n", 14, false));
    assertThat(LogPortion.after(file, 14, 2)).isEqualTo(new LogPortion("", 14, false));
  }

  @Test
  void theLastLines() throws Exception {
    var file = file("one\ntwo\nthree\n");

    assertThat(LogPortion.newest(file, 1)).isEqualTo(new LogPortion("three\n", 14, false));
    assertThat(LogPortion.newest(file, 2)).isEqualTo(new LogPortion("two\nthree\n", 14, false));
    assertThat(LogPortion.newest(file, 3).text()).isEqualTo("one\ntwo\nthree\n");
    assertThat(LogPortion.newest(file, 4).text()).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void aLineThatIsNotEndedYetIsOne() throws Exception {
    var file = file("one\ntw");

    assertThat(LogPortion.newest(file, 1).text()).isEqualTo("tw");
    assertThat(LogPortion.after(file, 0, ALL)).isEqualTo(new LogPortion("one\ntw", 6, false));
  }

  @Test
  void nothingWasSaid() throws Exception {
    assertThat(LogPortion.newest(file(""), 5)).isEqualTo(new LogPortion("", 0, false));
    assertThat(LogPortion.after(file(""), 0, 5)).isEqualTo(new LogPortion("", 0, false));
  }

  @Test
  void emptyLinesCount() throws Exception {
    assertThat(LogPortion.newest(file("\n\n\n"), 2).text()).isEqualTo("\n\n");
    assertThat(LogPortion.after(file("\n\n\n"), 0, 2).text()).isEqualTo("\n\n");
  }

  @Test
  void aFileThatWasBegunAnewIsReadFromItsBeginning() throws Exception {
    assertThat(LogPortion.after(file("anew\n"), 4000, ALL).text()).isEqualTo("anew\n");
  }

  @Test
  void portionsEndBetweenLines_andMakeUpTheFile() throws Exception {
    var text = "a line of the log with an ü\n".repeat(100_000);
    var file = file(text);
    var joined = new StringBuilder();
    var portion = new LogPortion("", 0, true);
    while (portion.pending()) {
      portion = LogPortion.after(file, portion.end(), ALL);
      assertThat(portion.text()).endsWith("\n");
      assertThat(bytes(portion.text())).hasSizeLessThanOrEqualTo(MOST_BYTES);
      joined.append(portion.text());
    }
    assertThat(joined.toString().equals(text)).isTrue();
  }

  @Test
  void theNewestOfManyLinesFitIntoAPortion() throws Exception {
    var portion = LogPortion.newest(file("a line\n".repeat(1_000_000)), ALL);

    assertThat(portion.text()).startsWith("a line\n").endsWith("a line\n");
    assertThat(portion.text().length()).isBetween(MOST_BYTES - 7, MOST_BYTES);
    assertThat(portion.pending()).isFalse();
  }

  @Test
  void aLineLongerThanAPortionIsCutBetweenCharacters() throws Exception {
    var text = "x" + "ü".repeat(MOST_BYTES) + "\n";
    var file = file(text);
    var joined = new StringBuilder();
    var portion = new LogPortion("", 0, true);
    while (portion.pending()) {
      portion = LogPortion.after(file, portion.end(), ALL);
      joined.append(portion.text());
    }
    assertThat(joined.toString().equals(text)).isTrue();
    assertThat(LogPortion.newest(file, 1).text()).startsWith("ü").endsWith("ü\n");
  }

  private static LogFile file(String text) {
    var bytes = bytes(text);
    return new LogFile(
        "postgres-Mon.log",
        Instant.EPOCH,
        bytes.length,
        (from, count) ->
            Arrays.copyOfRange(bytes, (int) from, (int) Math.min(bytes.length, from + count)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
