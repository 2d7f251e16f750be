package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.state.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The seal of a volume that is damaged, and its copy.
class SealTest {
  private static final Seal SEAL = Seal.ofPostgres("orders", "17.11");

  @TempDir Path directory;
  private VolumeStore store;
  private Path file;
  private byte[] whole;

  @BeforeEach
  void aVolumeThatIsSealed() throws IOException {
    store = new VolumeStore(new CopiedVolumes(), directory, Optional.empty());
    store.make("orders");
    store.seal(SEAL, Sharing.SEPARATE);
    file = store.path("orders").resolve("volume.json");
    whole = Files.readAllBytes(file);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private interface Check {
    void at(int length) throws IOException;
  }

  /// The seal without its end, which is a line's, means the same.
  private void cutAnywhere(Check check) throws IOException {
    for (var length = 0; length < whole.length - 1; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      check.at(length);
    }
  }

  @Test
  void oneThatIsCutOffAnywhereIsKnownFromItsCopy_andBroughtBack() throws IOException {
    store.harden("orders");
    cutAnywhere(length -> {
      assertThat(store.seal("orders")).as("cut off after %d bytes", length).contains(SEAL);
      assertThat(store.damaged("orders")).isFalse();

      assertThat(store.mendSeal("orders")).isTrue();
      assertThat(file).hasBinaryContent(whole);
      assertThat(store.mendSeal("orders")).isFalse();
    });
  }

  @Test
  void soIsOneThatIsLost() throws IOException {
    store.harden("orders");
    Files.delete(file);

    assertThat(store.seal("orders")).contains(SEAL);
    assertThat(store.mendSeal("orders")).isTrue();
    assertThat(file).hasBinaryContent(whole);
  }

  /// As a power failure leaves it.
  @Test
  void thereIsNoCopyBeforeTheVolumeIsOnTheDisk() throws IOException {
    assertThat(store.isHardened("orders")).isFalse();
    cutAnywhere(length -> {
      assertThat(store.seal("orders")).as("cut off after %d bytes", length).isEmpty();
      assertThat(store.damaged("orders")).isTrue();
      assertThat(store.mendSeal("orders")).isFalse();
    });
  }

  @Test
  void whereTheCopyIsCutOffAsWellTheVolumeIsDamaged() throws IOException {
    store.harden("orders");
    cutAnywhere(length -> {
      Files.write(AtomicFile.copy(file), Arrays.copyOf(whole, length));
      assertThat(store.seal("orders")).as("cut off after %d bytes", length).isEmpty();
      assertThat(store.damaged("orders")).isTrue();
    });
  }

  @Test
  void soItIsWhereTheSealIsLost() throws IOException {
    store.harden("orders");
    Files.delete(file);
    for (var length = 0; length < whole.length - 1; length++) {
      Files.write(AtomicFile.copy(file), Arrays.copyOf(whole, length));
      assertThat(store.damaged("orders")).as("copy cut off after %d bytes", length).isTrue();
      assertThat(store.mendSeal("orders")).isFalse();
    }
  }

  @Test
  void whatNeverHadASealIsNotDamaged_alsoIfItHasTheCopyOfItsSource() throws IOException {
    Files.delete(file);
    assertThat(store.damaged("orders")).isFalse();

    store.seal(SEAL, Sharing.SEPARATE);
    store.harden("orders");
    store.clone("orders", "clone", Sharing.SHARED);
    Files.delete(store.path("clone").resolve("volume.json"));
    assertThat(store.damaged("clone")).isFalse();
  }

  @Test
  void theCopyThatACloneBringsAlongVouchesForNothing() throws IOException {
    store.harden("orders");
    store.clone("orders", "clone", Sharing.SHARED);
    assertThat(store.seal("clone")).isEmpty();
    assertThat(store.isHardened("clone")).isFalse();

    Files.write(store.path("clone").resolve("volume.json"), new byte[0]);
    assertThat(store.seal("clone")).isEmpty();
    assertThat(store.mendSeal("clone")).isFalse();
    assertThat(store.damaged("clone")).isTrue();

    store.seal(Seal.ofPostgres("clone", "17.11"), Sharing.SEPARATE);
    store.harden("clone");
    assertThat(store.isHardened("clone")).isTrue();
  }

  @Test
  void whatIsSetAsideIsTakenBackWhenItsSealIs() throws IOException {
    Files.write(file, new byte[0]);
    store.setAside("orders");
    assertThat(store.takeBack("orders")).isFalse();

    var aside = store.aside("orders").orElseThrow();
    Files.write(aside.resolve("volume.json"), whole);
    assertThat(store.takeBack("orders")).isTrue();
    assertThat(store.seal("orders")).contains(SEAL);
    assertThat(store.aside("orders")).isEmpty();
  }
}
