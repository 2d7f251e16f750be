package dev.dbartifact.builder.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import dev.dbartifact.artifact.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// A build by Jib, which fetches any base.
///
/// @param scratch what is needed on the way
/// @param cache where layers of bases are kept between builds
/// @param progress gets what Jib warns of
record JibBuild(
    Scratch scratch, Path cache, Map<String, String> environment, Consumer<String> progress) {
  static final String TOOL = "db-artifact-builder";

  BuiltImage write(ArtifactImage artifact, ImageTarget target)
      throws IOException,
          ImageException,
          InterruptedException,
          RegistryException,
          ExecutionException,
          CacheDirectoryCreationException,
          InvalidImageReferenceException {
    if (artifact.base() instanceof BaseImage.InRegistry inRegistry) {
      new RegistryReach(cache, RegistryReach.PATIENCE).require(inRegistry);
    }
    var built =
        from(artifact.base())
            .setFormat(ImageFormat.Docker)
            .setCreationTime(Instant.EPOCH)
            .setLabels(ImageLabels.of(artifact.metadata()))
            .setFileEntriesLayers(ArtifactLayers.of(artifact, scratch.folder()))
            .containerize(
                containerizer(target)
                    .setBaseImageLayersCache(cache)
                    // Jib tells files apart by path and time, so a changelog that was changed
                    // within the same second would be baked from a cache that outlives the build.
                    .setApplicationLayersCache(scratch.folder().resolve("layers"))
                    .setExecutorService(scratch.workers())
                    .setToolName(TOOL)
                    .setToolVersion(artifact.metadata().builderVersion())
                    .addEventHandler(LogEvent.class, this::log));
    return new BuiltImage(
        target.reference(),
        new Digest(built.getDigest().toString()),
        new Digest(built.getImageId().toString()));
  }

  private static JibContainerBuilder from(BaseImage base) throws InvalidImageReferenceException {
    return switch (base) {
      case BaseImage.Archive(var file) -> Jib.from(TarImage.at(file));
      case BaseImage.Tar(var file) -> Jib.from(TarImage.at(file));
      case BaseImage.InRegistry(var reference) -> Jib.from(RegistryImage.named(reference));
      case BaseImage.InEngine(var reference) -> Jib.from(DockerDaemonImage.named(reference));
    };
  }

  private Containerizer containerizer(ImageTarget target)
      throws ImageException, InvalidImageReferenceException {
    return switch (target) {
      case ImageTarget.Engine(var reference) ->
          Containerizer.to(
              new EngineLoader(ContainerEngine.find(environment), Set.of()),
              DockerDaemonImage.named(reference));
      case ImageTarget.TarFile tar ->
          Containerizer.to(TarImage.at(tar.unfinished()).named(tar.reference()));
    };
  }

  private void log(LogEvent event) {
    switch (event.getLevel()) {
      case ERROR, WARN -> progress.accept(event.getMessage());
      case LIFECYCLE, PROGRESS, INFO, DEBUG -> {}
    }
  }
}
