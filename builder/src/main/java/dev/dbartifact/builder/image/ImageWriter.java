package dev.dbartifact.builder.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import dev.dbartifact.artifact.ArtifactLayout;
import dev.dbartifact.artifact.Digest;
import dev.dbartifact.artifact.MetadataJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// Writes images, by way of Jib.
///
/// The same [ArtifactImage] gives the same digest on any machine: names, bytes and labels decide;
/// times, modes, owners and order are fixed.
///
/// @param cacheFolder where bases are kept between builds; made if it is not there
/// @param environment where `PATH` finds the container engine
/// @param progress gets a line whenever there is something to tell
public record ImageWriter(
    Path cacheFolder, Map<String, String> environment, Consumer<String> progress) {
  private static final FilePermissions READABLE = FilePermissions.fromOctalString("644");

  /// @throws ImageException if the base cannot be read or the image cannot be brought to its target
  public BuiltImage write(ArtifactImage image, ImageTarget target)
      throws ImageException, InterruptedException {
    try {
      var scratch = Files.createTempDirectory("db-artifact-");
      try {
        return write(image, target, scratch);
      } finally {
        remove(scratch);
        abandon(target);
      }
    } catch (IOException
        | RegistryException
        | ExecutionException
        | CacheDirectoryCreationException e) {
      throw new ImageException(failure(image, target, e), e);
    } catch (InvalidImageReferenceException e) {
      throw new ImageException(
          "'%s' is not an image reference: NAME[:TAG], lower case, such as db-artifact:1"
              .formatted(e.getInvalidReference()),
          e);
    }
  }

  private BuiltImage write(ArtifactImage image, ImageTarget target, Path scratch)
      throws IOException,
          ImageException,
          InterruptedException,
          RegistryException,
          ExecutionException,
          CacheDirectoryCreationException,
          InvalidImageReferenceException {
    var base = base(image.base());
    var built =
        base.builder()
            .setFormat(ImageFormat.Docker)
            .setCreationTime(Instant.EPOCH)
            .setLabels(ImageLabels.of(image.metadata()))
            .addFileEntriesLayer(metadataLayer(image, scratch))
            .addFileEntriesLayer(changelogLayer(image))
            .containerize(
                containerizer(target, base.layerFiles())
                    .setBaseImageLayersCache(cacheFolder)
                    .setApplicationLayersCache(scratch.resolve("layers"))
                    .setToolName("db-artifact-builder")
                    .setToolVersion(image.metadata().builderVersion())
                    .addEventHandler(LogEvent.class, this::log));
    finish(target);
    return builtImage(target, built);
  }

  /// A file is written under another name first, so that no half of an image is ever taken for one.
  private static void finish(ImageTarget target) throws IOException {
    if (target instanceof ImageTarget.TarFile(var reference, var file)
        && !unfinished(file).equals(file)) {
      Files.move(
          unfinished(file),
          file,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void abandon(ImageTarget target) throws IOException {
    if (target instanceof ImageTarget.TarFile(var reference, var file)
        && !unfinished(file).equals(file)) {
      Files.deleteIfExists(unfinished(file));
    }
  }

  /// A device or a pipe is written to as it is, never replaced.
  private static Path unfinished(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file)
        ? file
        : file.resolveSibling(file.getFileName() + ".unfinished");
  }

  private record Base(JibContainerBuilder builder, Set<String> layerFiles) {}

  private Base base(BaseImage base) throws IOException, InvalidImageReferenceException {
    return switch (base) {
      case BaseImage.Archive(var file) -> {
        var cached = new ArchiveCache(cacheFolder).cached(file);
        yield new Base(Jib.from(RegistryImage.named(cached.reference())), cached.layerFiles());
      }
      case BaseImage.Tar(var file) -> new Base(Jib.from(TarImage.at(file)), Set.of());
      case BaseImage.InRegistry(var reference) ->
          new Base(Jib.from(RegistryImage.named(reference)), Set.of());
      case BaseImage.InEngine(var reference) ->
          new Base(Jib.from(DockerDaemonImage.named(reference)), Set.of());
    };
  }

  private Containerizer containerizer(ImageTarget target, Set<String> baseLayerFiles)
      throws ImageException, InvalidImageReferenceException {
    return switch (target) {
      case ImageTarget.Engine(var reference) ->
          Containerizer.to(
              new EngineLoader(ContainerEngine.find(environment), baseLayerFiles),
              DockerDaemonImage.named(reference));
      case ImageTarget.TarFile(var reference, var file) ->
          Containerizer.to(TarImage.at(unfinished(file)).named(reference));
    };
  }

  private static FileEntriesLayer metadataLayer(ArtifactImage image, Path scratch)
      throws IOException {
    var file = Files.write(scratch.resolve("metadata"), MetadataJson.write(image.metadata()));
    return FileEntriesLayer.builder()
        .setName("metadata")
        .addEntry(file, AbsoluteUnixPath.get(ArtifactLayout.METADATA), READABLE)
        .build();
  }

  private static FileEntriesLayer changelogLayer(ArtifactImage image) {
    var layer = FileEntriesLayer.builder().setName("changelog");
    var root = AbsoluteUnixPath.get(ArtifactLayout.CHANGELOG_ROOT);
    image
        .changelogFiles()
        .forEach((path, source) -> layer.addEntry(source, root.resolve(path), READABLE));
    return layer.build();
  }

  private static BuiltImage builtImage(ImageTarget target, JibContainer built) {
    return new BuiltImage(
        target.reference(),
        new Digest(built.getDigest().toString()),
        new Digest(built.getImageId().toString()));
  }

  private void log(LogEvent event) {
    switch (event.getLevel()) {
      case ERROR, WARN -> progress.accept(event.getMessage());
      case LIFECYCLE, PROGRESS, INFO, DEBUG -> {}
    }
  }

  private static String failure(ArtifactImage image, ImageTarget target, Exception cause) {
    var where =
        switch (target) {
          case ImageTarget.Engine engine -> "into the container engine as " + engine.reference();
          case ImageTarget.TarFile tar -> "to " + tar.file();
        };
    var reason = cause instanceof ExecutionException wrapped ? wrapped.getCause() : cause;
    return "Could not write the image %s on the base %s: %s"
        .formatted(where, image.base(), reason.getMessage());
  }

  private static void remove(Path folder) throws IOException {
    try (var content = Files.walk(folder)) {
      for (var path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
