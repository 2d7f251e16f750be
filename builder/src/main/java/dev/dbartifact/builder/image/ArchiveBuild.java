package dev.dbartifact.builder.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.cache.Cache;
import com.google.cloud.tools.jib.hash.Digests;
import com.google.cloud.tools.jib.image.Image;
import com.google.cloud.tools.jib.image.ImageTarball;
import com.google.cloud.tools.jib.image.Layer;
import com.google.cloud.tools.jib.image.LayerPropertyNotFoundException;
import com.google.cloud.tools.jib.image.ReproducibleLayerBuilder;
import com.google.cloud.tools.jib.image.json.HistoryEntry;
import com.google.cloud.tools.jib.image.json.ImageToJsonTranslator;
import com.google.cloud.tools.jib.image.json.V22ManifestTemplate;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.dbartifact.artifact.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/// A build on the base archive, of the same parts of Jib and with the same result as a [JibBuild],
/// but without its steps for bases that have to be fetched, unpacked and hashed first.
///
/// @param scratch a folder for what is needed on the way
record ArchiveBuild(Path scratch, Map<String, String> environment) {
  private static final int BUFFER_BYTES = 1 << 16;

  BuiltImage write(ArtifactImage artifact, Path archive, ImageTarget target)
      throws IOException,
          ImageException,
          InterruptedException,
          CacheDirectoryCreationException,
          InvalidImageReferenceException {
    var base = ArchiveBase.read(archive);
    var image = image(artifact, base);
    var reference = ImageReference.parse(target.reference());
    var tarball = new ImageTarball(image, reference, ImmutableSet.of(reference.getQualifier()));
    switch (target) {
      case ImageTarget.Engine engine ->
          new EngineLoader(ContainerEngine.find(environment), base.layerFiles())
              .load(tarball, bytes -> {});
      case ImageTarget.TarFile tar -> writeTo(tar.unfinished(), tarball);
    }
    return described(target.reference(), image);
  }

  private static void writeTo(Path file, ImageTarball tarball) throws IOException {
    try (var out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
      tarball.writeTo(out);
    }
  }

  private Image image(ArtifactImage artifact, ArchiveBase base)
      throws IOException, CacheDirectoryCreationException {
    try {
      var image = Image.builder(V22ManifestTemplate.class);
      inherit(base, image);
      image.setCreated(Instant.EPOCH).addLabels(ImageLabels.of(artifact.metadata()));
      for (var layer : ArtifactLayers.of(artifact, scratch)) {
        image.addLayer(compressed(layer)).addHistory(history(layer, artifact));
      }
      return image.build();
    } catch (LayerPropertyNotFoundException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void inherit(ArchiveBase base, Image.Builder image)
      throws LayerPropertyNotFoundException {
    for (var layer : base.layers()) {
      image.addLayer(layer);
    }
    var from = base.image();
    from.getHistory().forEach(image::addHistory);
    image
        .setArchitecture(from.getArchitecture())
        .setOs(from.getOs())
        .addEnvironment(from.getEnvironment())
        .addLabels(from.getLabels())
        .setHealthCheck(from.getHealthCheck())
        .addExposedPorts(from.getExposedPorts())
        .addVolumes(from.getVolumes())
        .setUser(from.getUser())
        .setWorkingDirectory(from.getWorkingDirectory())
        .setEntrypoint(from.getEntrypoint())
        .setProgramArguments(from.getProgramArguments());
  }

  private Layer compressed(FileEntriesLayer layer)
      throws IOException, CacheDirectoryCreationException {
    var entries = ImmutableList.copyOf(layer.getEntries());
    return Cache.withDirectory(scratch.resolve("layers"))
        .writeUncompressedLayer(new ReproducibleLayerBuilder(entries).build(), entries);
  }

  private static HistoryEntry history(FileEntriesLayer layer, ArtifactImage artifact) {
    return HistoryEntry.builder()
        .setCreationTimestamp(Instant.EPOCH)
        .setAuthor("Jib")
        .setCreatedBy(JibBuild.TOOL + ":" + artifact.metadata().builderVersion())
        .setComment(layer.getName())
        .build();
  }

  private static BuiltImage described(String reference, Image image) throws IOException {
    var translator = new ImageToJsonTranslator(image);
    var config = Digests.computeDigest(translator.getContainerConfiguration());
    var manifest = translator.getManifestTemplate(V22ManifestTemplate.class, config);
    return new BuiltImage(
        reference,
        new Digest(Digests.computeJsonDigest(manifest).toString()),
        new Digest(config.getDigest().toString()));
  }
}
