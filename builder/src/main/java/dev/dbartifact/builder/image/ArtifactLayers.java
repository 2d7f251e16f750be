package dev.dbartifact.builder.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import dev.dbartifact.artifact.ArtifactLayout;
import dev.dbartifact.artifact.MetadataJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What an artifact adds to its base: metadata and changelog, each in a layer of its own. Times,
/// modes, owners and order are fixed.
final class ArtifactLayers {
  private static final FilePermissions READABLE = FilePermissions.fromOctalString("644");

  private ArtifactLayers() {}

  /// @param scratch where the metadata is written on its way
  static List<FileEntriesLayer> of(ArtifactImage image, Path scratch) throws IOException {
    return List.of(metadata(image, scratch), changelog(image));
  }

  private static FileEntriesLayer metadata(ArtifactImage image, Path scratch) throws IOException {
    var file = Files.write(scratch.resolve("metadata"), MetadataJson.write(image.metadata()));
    return FileEntriesLayer.builder()
        .setName("metadata")
        .addEntry(file, AbsoluteUnixPath.get(ArtifactLayout.METADATA), READABLE)
        .build();
  }

  private static FileEntriesLayer changelog(ArtifactImage image) {
    var layer = FileEntriesLayer.builder().setName("changelog");
    var root = AbsoluteUnixPath.get(ArtifactLayout.CHANGELOG_ROOT);
    image
        .changelogFiles()
        .forEach((path, source) -> layer.addEntry(source, root.resolve(path), READABLE));
    return layer.build();
  }
}
