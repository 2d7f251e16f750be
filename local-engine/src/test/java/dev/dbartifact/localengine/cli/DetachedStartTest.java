package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What runs in the background.
class DetachedStartTest {

  private static final List<String> JVM = List.of("/jdk/bin/java", "-Xmx256m", "-cp", "x", "Main");

  private static List<String> inForeground(String... options) throws Exception {
    var line =
        Stream.of(JVM.stream(), Stream.of("start"), Stream.of(options)).flatMap(each -> each);
    return DetachedStart.inForeground(
        line.toList(), Arguments.parse(Command.START, List.of(options), Map.of()));
  }

  @Test
  void itIsTheSameStartInTheSameJvm() throws Exception {
    assertThat(inForeground("--port", "0", "--detach", "--data-dir=/my engine"))
        .startsWith(JVM.toArray(String[]::new))
        .endsWith("start", "--port=0", "--data-dir=/my engine");
  }

  @Test
  void itNeverDetachesItselfAgain() throws Exception {
    var child = inForeground("--detach", "--region", "eu-west-1", "--detach");
    var words = child.subList(JVM.size() + 1, child.size());
    assertThat(Arguments.parse(Command.START, words, Map.of()).has(CommandOption.DETACH)).isFalse();
    assertThat(words).containsExactly("--region=eu-west-1");
  }
}
