package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Types what the README tells to type.
class ReadmeTourIT {
  private static final Pattern SECTION = Pattern.compile("(?ms)^## Five-minute tour$(.*?)^## ");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
  private static final List<String> IMAGES = List.of("db-artifact", "shop-schema");
  private static final int PORT = 9432;

  @Test
  void theTour() throws Exception {
    Prerequisites.containerEngine();
    Prerequisites.require(isFree(PORT), "Port " + PORT + " is taken, which the tour would use.");
    var before = IMAGES.stream().map(ReadmeTourIT::imageId).toList();
    Path folder = EngineRun.makeFolder();
    try {
      Answer answer = bash(checkout(folder), folder, tour());

      answer
          .exits(0)
          .isReadable()
          .says("Converged: shop-clone", "Unchanged: shop-clone", "Converged: shop-fresh")
          .says("a customer written to the clone is not in the source")
          .says("Nothing to do: shop-fresh");
      assertThat(IMAGES).as("images that are left").allMatch(image -> imageId(image).isEmpty());
    } finally {
      bash(folder.resolve("checkout"), folder, "bin/db-artifact-local reset --yes");
      for (int i = 0; i < IMAGES.size(); i++) {
        restore(IMAGES.get(i), before.get(i));
      }
      Folders.remove(folder);
    }
  }

  private static String tour() {
    String section =
        SECTION.matcher(Repository.readme()).results().findFirst().orElseThrow().group(1);
    String commands =
        BLOCK.matcher(section).results().map(block -> block.group(1)).collect(Collectors.joining());
    assertThat(commands).contains("mvnw", "db-artifact-builder", "db-artifact-converge");
    return commands;
  }

  private static Answer bash(Path checkout, Path folder, String commands) throws Exception {
    return new Program("bash", "-euo", "pipefail", "-c", commands)
        .in(checkout)
        .with("PATH", System.getenv("PATH"))
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("HOME", folder.resolve("home").toString())
        .with("XDG_DATA_HOME", folder.resolve("home/data").toString())
        .with("XDG_CACHE_HOME", Repository.EXAMPLES.resolve("target/cache").toString())
        .run();
  }

  /// This checkout, except that it does not build itself while it is being built.
  private static Path checkout(Path folder) throws IOException {
    Path checkout = Files.createDirectories(folder.resolve("checkout"));
    var passable =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
    Files.createDirectory(folder.resolve("home"), passable);
    Files.createDirectory(folder.resolve("home/data"), passable);
    try (Stream<Path> all = Files.list(Repository.ROOT)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Files.createSymbolicLink(checkout.resolve(each.getFileName()), each);
      }
    }
    Path mvnw = checkout.resolve("mvnw");
    Files.delete(mvnw);
    Files.writeString(mvnw, "#!/bin/sh\n[ -f builder/target/base/db-artifact-base.tar ]\n");
    Files.setPosixFilePermissions(mvnw, PosixFilePermissions.fromString("rwxr-xr-x"));
    return checkout;
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /// Empty where there is none.
  private static String imageId(String image) {
    try {
      return Workshop.docker("image", "ls", "-q", "--no-trunc", image + ":latest")
          .run()
          .exits(0)
          .out()
          .strip();
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// What the user of this machine had under that name is there again.
  private static void restore(String image, String id) throws Exception {
    if (!id.isEmpty()) {
      Workshop.docker("tag", id, image).run().exits(0);
    } else if (!imageId(image).isEmpty()) {
      Workshop.docker("image", "rm", image).run().exits(0);
    }
  }
}
