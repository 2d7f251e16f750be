package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Seals that are asked for again and again.
class KnownSealsTest {
  private static final Seal SEAL = Seal.ofPostgres("prod", "17.11");

  @TempDir Path volume;
  private final KnownSeals seals = new KnownSeals();

  @BeforeEach
  void aSealThatIsKnown() throws IOException {
    Seals.write(SEAL, volume);
    assertThat(seals.read(volume, "prod")).contains(SEAL);
  }

  @Test
  void oneThatIsTheSameIsNotReadAgain() throws IOException {
    var file = Seals.file(volume);
    var written = Files.getLastModifiedTime(file);
    Files.writeString(file, "?".repeat((int) Files.size(file)));
    Files.setLastModifiedTime(file, written);

    assertThat(seals.read(volume, "prod")).contains(SEAL);
    seals.forget("prod");
    assertThat(seals.read(volume, "prod")).isEmpty();
  }

  @Test
  void oneThatTookItsPlaceIs_howeverAlikeItLooks() throws IOException {
    var written = Files.getLastModifiedTime(Seals.file(volume));
    var other = Seal.ofPostgres("prod", "15.18");
    Seals.write(other, volume);
    Files.setLastModifiedTime(Seals.file(volume), written);

    assertThat(seals.read(volume, "prod")).contains(other);
  }

  @Test
  void whatIsGoneIsNotKnown() throws IOException {
    Files.delete(Seals.file(volume));
    assertThat(seals.read(volume, "prod")).isEmpty();
  }

  @Test
  void theSealOfAnotherVolumeIsNone_untilItsOwnIsThere() throws IOException {
    assertThat(seals.read(volume, "dev")).isEmpty();
    Seals.write(Seal.ofPostgres("dev", "17.11"), volume);
    assertThat(seals.read(volume, "dev")).contains(Seal.ofPostgres("dev", "17.11"));
  }
}
