package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// The converger is killed; the next run makes the same of it as if nothing had happened.
@ExtendWith(WorkshopExtension.class)
class CrashIT {
  private static final int KILLED = 137;

  @TestFactory
  Stream<DynamicTest> cases(Workshop workshop) throws Exception {
    Map<String, Object> clone = uninterrupted(workshop, "clone");
    Map<String, Object> create = uninterrupted(workshop, "create");
    return CrashCases.all()
        .map(each ->
            DynamicTest.dynamicTest(
                each.toString(),
                () -> run(workshop, each, each.mode().equals("clone") ? clone : create)));
  }

  private static void run(Workshop workshop, CrashCase crash, Map<String, Object> expected)
      throws Exception {
    String image = workshop.image(ini(crash.mode()));
    ShopCopy copy = workshop.copy(crash.id());
    Runnable kill = () -> kill(image);
    if (crash.done()) {
      workshop.tap().whenDone(crash.action(), kill);
    } else {
      workshop.tap().whenAsked(crash.action(), kill);
    }
    try {
      workshop.converger(image, crash.options()).run().exits(KILLED);
      assertThat(workshop.tap().hooksAreSpent()).isTrue();

      workshop.converger(image, crash.options()).run().isConverged();
      assertThat(properties(copy.isSealed())).isEqualTo(expected);

      workshop.tap().forget();
      workshop.converger(image, crash.options()).run().isUnchanged();
      assertThat(workshop.tap().mutations()).isEmpty();
    } finally {
      copy.remove();
    }
  }

  @Test
  void killedInTheMiddleOfAChangeSet(Workshop workshop) throws Exception {
    String image = workshop.image(Repository.testArtifact("gate"));
    ShopCopy copy = workshop.copy("dev-crash-migration");
    Program converge =
        workshop.converger(image, List.of("--mode", "create", "--cluster_id", copy.id()));
    Process running = converge.start();
    try {
      Await.until("the change set that waits", () -> waitsAtTheGate(copy));
      kill(image);
      assertThat(running.waitFor()).isEqualTo(KILLED);
      copy.execute("INSERT INTO gate VALUES (1)");

      converge.run().isConverged();

      assertThat(copy.query("SELECT id FROM databasechangelog ORDER BY orderexecuted"))
          .containsExactly("1-gate", "2-wait", "3-after");
      converge.run().isUnchanged();
    } finally {
      Program.kill(running);
      copy.remove();
    }
  }

  private static boolean waitsAtTheGate(ShopCopy copy) {
    try {
      return copy.query(
              "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%nobody came%' AND pid <> pg_backend_pid()")
          .equals(List.of("1"));
    } catch (SQLException | AssertionError | IllegalArgumentException notYet) {
      return false;
    }
  }

  private static Map<String, Object> uninterrupted(Workshop workshop, String mode)
      throws Exception {
    ShopCopy copy = workshop.copy("dev-uninterrupted");
    try {
      workshop
          .converger(
              workshop.image(ini(mode)),
              List.of("--mode", mode, "--cluster_id", copy.id(), "--owner", "jane"))
          .run()
          .isConverged();
      return properties(copy);
    } finally {
      copy.remove();
    }
  }

  /// Everything that does not differ from copy to copy by its nature.
  private static Map<String, Object> properties(ShopCopy copy) throws Exception {
    var tags = new TreeMap<>(copy.tags());
    assertThat(tags.remove("db-artifact:seal")).startsWith(copy.id() + "/");
    assertThat(tags.remove("db-artifact:created-at")).isNotBlank();
    // It contains the name of the cluster.
    assertThat(tags.remove("db-artifact:fingerprint")).isNotBlank();
    var properties = new TreeMap<String, Object>();
    properties.put("tags", tags);
    properties.put("settings", copy.settings());
    properties.put(
        "tables",
        copy.query(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v') AND relnamespace = 'public'::regnamespace ORDER BY relname"));
    properties.put("orders", copy.query("SELECT count(*) FROM orders"));
    properties.put(
        "change sets",
        copy.query(
            "SELECT id, author, filename, md5sum FROM databasechangelog ORDER BY orderexecuted"));
    return properties;
  }

  private static Path ini(String mode) {
    return mode.equals("clone") ? Repository.CLONE : Repository.CREATE;
  }

  /// As the kernel would that has no memory left.
  private static void kill(String image) {
    try {
      String container = Workshop.container(image);
      Workshop.docker("kill", container).run().exits(0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
