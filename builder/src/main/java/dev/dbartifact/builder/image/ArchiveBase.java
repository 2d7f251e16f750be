package dev.dbartifact.builder.image;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.docker.json.DockerManifestEntryTemplate;
import com.google.cloud.tools.jib.hash.Digests;
import com.google.cloud.tools.jib.image.Image;
import com.google.cloud.tools.jib.image.LayerCountMismatchException;
import com.google.cloud.tools.jib.image.LayerPropertyNotFoundException;
import com.google.cloud.tools.jib.image.json.BadContainerConfigurationFormatException;
import com.google.cloud.tools.jib.image.json.ContainerConfigurationTemplate;
import com.google.cloud.tools.jib.image.json.JsonToImageTranslator;
import com.google.cloud.tools.jib.image.json.V22ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/// The base archive, read as far as its table of contents and its configuration: `BaseArchive`
/// names each layer by its digest, so none of them has to be read.
///
/// @param image all but its layers
/// @param layers as they lie in the archive
record ArchiveBase(Image image, List<ArchivedLayer> layers) {
  private static final String LAYER_ENDING = ".tar.gz";

  ArchiveBase {
    layers = List.copyOf(layers);
  }

  /// @throws IOException if the archive cannot be read, or is none of ours
  static ArchiveBase read(Path archive) throws IOException {
    try (var tar = new TarFile(archive)) {
      var entry = manifestEntry(tar);
      var config =
          JsonTemplateMapper.readJson(
              content(tar, entry.getConfig()), ContainerConfigurationTemplate.class);
      var layers = layers(archive, tar, entry.getLayerFiles(), config);
      return new ArchiveBase(image(layers, config), layers);
    } catch (DigestException
        | LayerCountMismatchException
        | LayerPropertyNotFoundException
        | BadContainerConfigurationFormatException e) {
      throw new IOException("it is no base archive: " + e.getMessage(), e);
    }
  }

  /// What the layers are called in the layout of `docker save`.
  Set<String> layerFiles() {
    return layers.stream()
        .map(layer -> layer.descriptor().getDigest().getHash() + LAYER_ENDING)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<ArchivedLayer> layers(
      Path archive, TarFile tar, List<String> names, ContainerConfigurationTemplate config)
      throws IOException, DigestException {
    if (names.size() != config.getLayerCount()) {
      throw new IOException("it is no base archive: not every layer is in its configuration");
    }
    var layers = new ArrayList<ArchivedLayer>();
    for (var name : names) {
      var entry = tarEntry(tar, name);
      var digest = DescriptorDigest.fromHash(name.replace(LAYER_ENDING, ""));
      layers.add(
          new ArchivedLayer(
              archive,
              entry.getDataOffset(),
              new BlobDescriptor(entry.getSize(), digest),
              config.getLayerDiffId(layers.size())));
    }
    return layers;
  }

  private static Image image(List<ArchivedLayer> layers, ContainerConfigurationTemplate config)
      throws IOException,
          LayerCountMismatchException,
          LayerPropertyNotFoundException,
          BadContainerConfigurationFormatException {
    var manifest = new V22ManifestTemplate();
    layers.stream()
        .map(ArchivedLayer::descriptor)
        .forEach(layer -> manifest.addLayer(layer.getSize(), layer.getDigest()));
    var described = Digests.computeDigest(config);
    manifest.setContainerConfiguration(described.getSize(), described.getDigest());
    return JsonToImageTranslator.toImage(manifest, config);
  }

  private static DockerManifestEntryTemplate manifestEntry(TarFile tar) throws IOException {
    var entries =
        JsonTemplateMapper.readListOfJson(
            new String(content(tar, "manifest.json"), StandardCharsets.UTF_8),
            DockerManifestEntryTemplate.class);
    if (entries.size() != 1) {
      throw new IOException(
          "it holds %d images, and a base archive holds one".formatted(entries.size()));
    }
    return entries.getFirst();
  }

  private static byte[] content(TarFile tar, String name) throws IOException {
    try (var content = tar.getInputStream(tarEntry(tar, name))) {
      return content.readAllBytes();
    }
  }

  private static TarArchiveEntry tarEntry(TarFile tar, String name) throws IOException {
    return tar.getEntries().stream()
        .filter(entry -> entry.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IOException("it holds no " + name));
  }
}
