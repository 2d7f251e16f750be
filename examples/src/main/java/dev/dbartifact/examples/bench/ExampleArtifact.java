package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The artifact of `examples/02-create-and-migrate`, but of a source of ours; it serves both modes.
///
/// @param folder its INI and its changelog
record ExampleArtifact(Workbench bench, Path folder) {
  private static final Path EXAMPLE = Path.of("examples", "02-create-and-migrate");
  private static final String INI = "artifact-config.ini";

  static ExampleArtifact of(Workbench bench, Source source)
      throws IOException, InterruptedException {
    var folder = bench.work().resolve("artifact");
    if (!Files.exists(folder)) {
      var example = bench.checkout().resolve(EXAMPLE);
      Command.of("cp", "-r", example.toString(), folder.toString()).run();
      var ini = Files.readString(folder.resolve(INI));
      Files.writeString(folder.resolve(INI), ini.replace("shop-prod", source.id()));
    }
    return new ExampleArtifact(bench, folder);
  }

  /// The name of the image; the folder to work in has one of its own, so the image has.
  String image() {
    return bench.work().getFileName().toString();
  }

  Path changelog() {
    return folder.resolve("changelog");
  }

  /// `db-artifact-builder` with a cache of its own.
  Command build(String... target) {
    var words =
        new ArrayList<>(
            List.of(
                bench.checkout().resolve("bin/db-artifact-builder").toString(),
                folder.resolve(INI).toString(),
                "--tag",
                image()));
    words.addAll(Arrays.asList(target));
    return new Command(words, Map.of("XDG_CACHE_HOME", bench.work().resolve("cache").toString()));
  }
}
