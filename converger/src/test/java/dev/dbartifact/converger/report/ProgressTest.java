package dev.dbartifact.converger.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.rds.StatusClass;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);

  @Test
  void aPipeSeesOneLinePerChangeWhoeverWaits() {
    try (var progress = new Progress(out, false, 80)) {
      progress.changed("cluster x", "creating", StatusClass.IN_PROGRESS, Duration.ZERO);
      progress.changed("cluster x", "creating", StatusClass.IN_PROGRESS, Duration.ofSeconds(1));
      progress.changed("cluster x", "available", StatusClass.READY, Duration.ofMillis(1240));
      progress.changed("cluster x", "available", StatusClass.READY, Duration.ZERO);
    }

    assertThat(told.toString(StandardCharsets.UTF_8))
        .isEqualTo("  cluster x: creating\n  cluster x: available (1.2 s)\n");
  }

  @Test
  void aTerminalSeesOneLivePlacePerResource() {
    try (var progress = new Progress(out, true, 80)) {
      progress.changed("cluster x", "creating", StatusClass.IN_PROGRESS, Duration.ZERO);
      progress.changed("cluster x", "available", StatusClass.READY, Duration.ZERO);
    }

    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("creating")
        .contains("\u001b[1A\u001b[2K  cluster x: available\n");
  }

  @Test
  void aLiveLineNeverWraps() {
    String long1 = "password not in effect yet: FATAL: password authentication failed\nfor user";
    try (var progress = new Progress(out, true, 40)) {
      progress.changed("login", long1, StatusClass.IN_PROGRESS, Duration.ZERO);
      progress.changed("login", "accepted", StatusClass.READY, Duration.ZERO);
    }

    assertThat(told.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "  login: password not in effect yet:...\n\u001b[1A\u001b[2K  login: accepted\n");
  }
}
