package dev.dbartifact.localengine.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What becomes of a hosts file, for each `NAME.before` there is the file `NAME.after` when the
/// engine `c1sofdji2amj` has two endpoints.
class HostsBlockTest {

  private static final Path CASES = Path.of("src/test/resources/hosts");
  private static final HostsBlock BLOCK = new HostsBlock("c1sofdji2amj");
  private static final String REGION = ".us-west-2.rds.amazonaws.com";
  private static final List<Host> HOSTS =
      List.of(
          new Host("127.77.4.7", "shop.cluster-c1sofdji2amj" + REGION),
          new Host("127.77.9.1", "shop-1.c1sofdji2amj" + REGION));

  static Stream<String> cases() throws IOException {
    try (var files = Files.list(CASES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".before"))
          .map(name -> name.replace(".before", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static String read(String file) throws IOException {
    return Files.readString(CASES.resolve(file), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theBlockSaysWhereTheEndpointsAre(String name) throws IOException {
    var after = BLOCK.in(read(name + ".before"), HOSTS);

    var golden = CASES.resolve(name + ".after");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, after, StandardCharsets.ISO_8859_1);
    }
    assertThat(after).isEqualTo(read(name + ".after"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aSecondTimeChangesNothing(String name) throws IOException {
    var after = read(name + ".after");

    assertThat(BLOCK.in(after, HOSTS)).isEqualTo(after);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void withoutTheBlockAllOtherLinesAreThere(String name) throws IOException {
    var before = BLOCK.out(read(name + ".before"));

    var left = BLOCK.out(read(name + ".after"));

    // A last line that had no end gets one.
    assertThat(left).isIn(before, before + "\n");
  }

  @Test
  void withoutHostsThereIsNoBlock() {
    var file = "127.0.0.1 localhost\n";

    assertThat(BLOCK.in(BLOCK.in(file, HOSTS), List.of())).isEqualTo(file);
  }

  @Test
  void anOwnerIsOneLine() {
    assertThatThrownBy(() -> new HostsBlock("a\nb")).isInstanceOf(IllegalArgumentException.class);
  }
}
