package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalSegmentTest {
  private static final WalSegment FIRST = new WalSegment("000000010000000000000001");

  @Test
  void anEmptyDirectoryHasNone(@TempDir Path directory) throws Exception {
    assertThat(WalSegment.in(directory)).isEmpty();
  }

  @Test
  void otherFilesOfTheLogAreNone(@TempDir Path directory) throws Exception {
    for (var name :
        List.of(
            FIRST.name(),
            FIRST.name() + ".partial",
            FIRST.name() + ".00000028.backup",
            "00000002.history",
            "archive_status")) {
      Files.createFile(directory.resolve(name));
    }
    assertThat(WalSegment.in(directory)).containsExactly(FIRST);
    assertThatIllegalArgumentException().isThrownBy(() -> new WalSegment("00000002.history"));
  }

  @Test
  void theNextOneIsOnTheSameTimeline() {
    assertThat(FIRST.next().name()).isEqualTo("000000010000000000000002");
    assertThat(new WalSegment("0000000A00000003000000FF").next().name())
        .isEqualTo("0000000A0000000400000000");
  }

  @Test
  void itBeginsAtAMultipleOfItsSize() {
    assertThat(new WalSegment("00000001000000020000000A").start()).isEqualTo("2/0A000000");
  }

  @Test
  void aSpanHasNoGapAndEndsWhereItShould() {
    var three = segments(1, 2, 3);
    assertThat(WalSegment.span(three, segment(1), segment(4))).isTrue();
    assertThat(WalSegment.span(three, segment(1), segment(5))).isFalse();
    assertThat(WalSegment.span(three, segment(0), segment(4))).isFalse();
    assertThat(WalSegment.span(segments(1, 3), segment(1), segment(4))).isFalse();
    assertThat(WalSegment.span(segments(), segment(4), segment(4))).isTrue();
    assertThat(WalSegment.span(segments(), segment(4), segment(5))).isFalse();
  }

  private static TreeSet<WalSegment> segments(int... numbers) {
    return IntStream.of(numbers)
        .mapToObj(WalSegmentTest::segment)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static WalSegment segment(int number) {
    return new WalSegment("0000000100000000%08X".formatted(number));
  }
}
