package dev.dbartifact.localengine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.QuietLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.model.DBCluster;

class ResourceFilesTest {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("state.TwinFile");

  private static final DBCluster BEFORE = DBCluster.builder().status("creating").port(5432).build();
  private static final DBCluster AFTER = DBCluster.builder().status("available").port(5432).build();

  @TempDir Path folder;

  private ResourceFiles<DBCluster> files() {
    return new ResourceFiles<>(folder, DBCluster.class);
  }

  @Test
  void nothingIsThereAtFirst() {
    assertThat(files().load()).isEmpty();
  }

  @Test
  void aFileThatIsCutOffAnywhereIsNamed() throws Exception {
    files().write("shop", AFTER);
    var file = folder.resolve("shop.json");
    var whole = Files.readAllBytes(file);
    for (var length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      Files.write(AtomicFile.copy(file), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> files().load())
          .as("cut off after %d bytes", length)
          .isInstanceOf(StateException.class)
          .hasMessageContaining("Could not read " + file)
          .hasMessageContaining("Restore one of them");
      assertThat(Files.readAllBytes(file)).hasSize(length);
    }
  }

  @Test
  void aFileThatIsCutOffAnywhereIsRecovered() throws Exception {
    files().write("shop", BEFORE);
    files().write("shop", AFTER);
    var file = folder.resolve("shop.json");
    var whole = Files.readAllBytes(file);
    for (var length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(files().load())
          .as("cut off after %d bytes", length)
          .isEqualTo(Map.of("shop", AFTER));
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
  }

  @Test
  void aDamagedCopyHarmsNothing() throws Exception {
    files().write("shop", AFTER);
    Files.write(AtomicFile.copy(folder.resolve("shop.json")), new byte[0]);
    assertThat(files().load()).isEqualTo(Map.of("shop", AFTER));
  }

  @Test
  void aLostFileIsRecovered() throws Exception {
    files().write("my+shop.1", AFTER);
    Files.delete(folder.resolve("my+shop.1.json"));
    assertThat(files().load()).isEqualTo(Map.of("my+shop.1", AFTER));
    assertThat(folder.resolve("my+shop.1.json")).exists();
  }

  @Test
  void whatWasRemovedDoesNotComeBack() {
    files().write("shop", BEFORE);
    files().write("shop", AFTER);
    files().remove("shop");
    assertThat(folder).isEmptyDirectory();
    assertThat(files().load()).isEmpty();
  }

  /// RDS allows 255 characters; files have more around their names.
  @ParameterizedTest
  @ValueSource(ints = {239, 240, 241, 255, 600})
  void aNameMayBeLongerThanThatOfAFile(int length) throws Exception {
    var name = "a".repeat(238) + ".-b".repeat(200).substring(0, length - 238);

    files().write(name, BEFORE);
    files().write(name, AFTER);
    files().write("shop", AFTER);
    assertThat(files().load()).isEqualTo(Map.of(name, AFTER, "shop", AFTER));

    damageAll();
    assertThat(files().load()).isEqualTo(Map.of(name, AFTER, "shop", AFTER));
    files().remove(name);
    assertThat(files().load()).isEqualTo(Map.of("shop", AFTER));
  }

  /// As engines wrote it that knew no longer names.
  @Test
  void theLongestNameOfAFileIsOneFile() {
    var name = "a".repeat(239);
    files().write(name, AFTER);
    assertThat(folder.resolve(name + ".json")).exists();
  }

  private void damageAll() throws IOException {
    try (var all = Files.walk(folder)) {
      for (var file : all.filter(each -> each.toString().endsWith(".json")).toList()) {
        Files.write(file, new byte[0]);
      }
    }
  }
}
