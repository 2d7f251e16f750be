package dev.dbartifact.converger.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  @Test
  void everyCommandComesToWhatItShould(@TempDir Path root) throws Exception {
    assertThat(Training.rehearse(root)).isEqualTo(18);
  }
}
