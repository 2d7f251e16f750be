package dev.dbartifact.examples.bench;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import dev.dbartifact.artifact.ArtifactLayout;
import java.io.IOException;
import java.nio.file.Path;

/// What the builder is compared with: Jib, as its documentation shows it, adding the same two
/// layers to the same base.
///
/// Arguments: base archive, metadata file, changelog folder, cache folder, image name and, for a
/// tar in place of the container engine, the file to write.
public final class BareJib {
  private BareJib() {}

  public static void main(String[] arguments) throws Exception {
    var metadata = Path.of(arguments[1]);
    var changelog = Path.of(arguments[2]);
    var cache = Path.of(arguments[3]);
    Jib.from(TarImage.at(Path.of(arguments[0])))
        .setFormat(ImageFormat.Docker)
        .addFileEntriesLayer(
            FileEntriesLayer.builder()
                .addEntry(metadata, AbsoluteUnixPath.get(ArtifactLayout.METADATA))
                .build())
        .addFileEntriesLayer(changelogLayer(changelog))
        .containerize(
            target(arguments)
                .setBaseImageLayersCache(cache.resolve("base"))
                .setApplicationLayersCache(cache.resolve("application")));
  }

  private static FileEntriesLayer changelogLayer(Path folder) throws IOException {
    return FileEntriesLayer.builder()
        .addEntryRecursive(folder, AbsoluteUnixPath.get(ArtifactLayout.CHANGELOG_ROOT))
        .build();
  }

  private static Containerizer target(String[] arguments) throws InvalidImageReferenceException {
    return arguments.length > 5
        ? Containerizer.to(TarImage.at(Path.of(arguments[5])).named(arguments[4]))
        : Containerizer.to(DockerDaemonImage.named(arguments[4]));
  }
}
