package dev.dbartifact.builder.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseCachesTest {
  @TempDir Path folder;
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");

  @Test
  void aBaseThatIsUsedAgainFindsWhatItLeft() throws Exception {
    var layer = Files.writeString(use("a").resolve("layer"), "layer");
    use("b");
    assertThat(use("a").resolve("layer")).isEqualTo(layer).hasContent("layer");
  }

  @Test
  void onlyTheBasesThatWereUsedLastAreKept() throws Exception {
    var used = new ArrayList<Path>();
    for (var name : new String[] {"a", "b", "c", "d", "a", "e"}) {
      used.add(use(name));
      Files.writeString(used.getLast().resolve("layer"), "layer");
      now = now.plus(BaseCaches.IN_USE).plusSeconds(1);
    }
    assertThat(folder)
        .isDirectoryContaining(used.get(0)::equals)
        .isDirectoryContaining(used.get(3)::equals)
        .isDirectoryContaining(used.get(5)::equals);
    assertThat(folder.toFile().list()).hasSize(BaseCaches.KEPT);
  }

  @Test
  void oneThatAnotherBuildMayBeReadingIsKept() throws Exception {
    for (var name : new String[] {"a", "b", "c", "d"}) {
      use(name);
      now = now.plus(Duration.ofMinutes(1));
    }
    assertThat(folder.toFile().list()).hasSize(BaseCaches.KEPT + 1);
  }

  private Path use(String name) throws Exception {
    return new BaseCaches(folder, () -> now).folderOf(new BaseImage.InRegistry(name));
  }
}
