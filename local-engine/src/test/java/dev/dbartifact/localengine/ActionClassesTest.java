package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.rds.LocalRds;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told of the actions without an engine, beside what an engine answers.
class ActionClassesTest {

  @TempDir Path memory;

  @Test
  void anEngineAnswersWithTheClassesThatAreListed() throws Exception {
    try (var rds = PreparedRds.open(memory)) {
      assertThat(rds.actions())
          .extracting(Object::getClass)
          .containsExactly(LocalRds.actionClasses());
    }
  }
}
