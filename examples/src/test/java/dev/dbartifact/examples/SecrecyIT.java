package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Where the password must not be seen.
@ExtendWith(WorkshopExtension.class)
class SecrecyIT {
  private static final String SECRET = "0nly-Here-8151";

  @TempDir Path folder;

  @Test
  void thePasswordIsSeenNowhere_notEvenWithVerbose(Workshop workshop) throws Exception {
    String image = workshop.image(Repository.CLONE);
    ShopCopy copy = workshop.copy("dev-secret");
    var seen = new CopyOnWriteArrayList<String>();
    workshop.tap().whenAsked("ModifyDBCluster", () -> seen.addAll(whatOthersSee(image)));
    try {
      Answer answer =
          workshop
              .converger(image, List.of("--cluster_id", copy.id(), "--verbose"))
              .without("DB_PASSWORD")
              .arguments("--db_password_file", "-")
              .reading(SECRET + "\n")
              .run()
              .isConverged();

      copy.takesThePassword(SECRET);
      assertThat(seen).hasSizeGreaterThan(10);
      assertThat(seen).noneMatch(text -> text.contains(SECRET));
      assertThat(answer.said()).doesNotContain(SECRET);
      assertThat(copy.cluster().toString()).doesNotContain(SECRET);
      assertThat(Files.readString(workshop.engine().errors())).doesNotContain(SECRET);
    } finally {
      copy.remove();
    }
  }

  @Test
  void theKeysOfTheBuilderAreNotInTheImage(Workshop workshop) throws Exception {
    String key = workshop.engine().variables().get("AWS_SECRET_ACCESS_KEY");
    Path saved = folder.resolve("image.tar");
    Workshop.docker("save", "--output", saved.toString(), workshop.image(Repository.CREATE))
        .run()
        .exits(0);

    new Program("grep", "-aqF", "shop-prod", saved.toString())
        .with("PATH", System.getenv("PATH"))
        .run()
        .exits(0);
    for (String secret : List.of(key, Workshop.SOURCE_PASSWORD.reveal())) {
      new Program("grep", "-aqF", secret, saved.toString())
          .with("PATH", System.getenv("PATH"))
          .run()
          .exits(1);
    }
  }

  /// While it runs: the container, and the arguments and environments of everybody.
  private static List<String> whatOthersSee(String image) {
    var seen = new CopyOnWriteArrayList<String>();
    try {
      String container = Workshop.container(image);
      seen.add(Workshop.docker("inspect", container).run().exits(0).out());
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
    ProcessHandle.allProcesses()
        .forEach(each -> {
          for (String part : List.of("cmdline", "environ")) {
            read(Path.of("/proc/" + each.pid(), part), seen);
          }
        });
    return seen;
  }

  private static void read(Path file, List<String> seen) {
    try {
      seen.add(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException endedOrForbidden) {
      // Who may not read it cannot see it either.
    }
  }
}
