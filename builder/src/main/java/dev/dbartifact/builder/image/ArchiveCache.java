package dev.dbartifact.builder.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.blob.Blobs;
import com.google.cloud.tools.jib.cache.Cache;
import com.google.cloud.tools.jib.cache.CacheCorruptedException;
import com.google.cloud.tools.jib.docker.json.DockerManifestEntryTemplate;
import com.google.cloud.tools.jib.image.json.ContainerConfigurationTemplate;
import com.google.cloud.tools.jib.image.json.V22ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import dev.dbartifact.artifact.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestException;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/// Puts the base archive into Jib's cache of base images once, under the digest of its image.
///
/// Jib unpacks and reads a tar base anew in every build, which takes longer than everything else
/// together. A base that its cache knows by digest costs nothing, and asks no registry.
///
/// @param folder Jib's cache of base images
record ArchiveCache(Path folder) {
  private static final String REPOSITORY = "db-artifact-base";

  /// A base archive that Jib's cache holds.
  ///
  /// @param reference the name under which Jib finds it without a network
  /// @param layerFiles what Jib calls the layers in a `docker save` layout
  record Cached(ImageReference reference, Set<String> layerFiles) {}

  /// @throws IOException if the archive cannot be read or the cache cannot be written
  Cached cached(Path archive) throws IOException {
    try (var tar = new TarFile(archive)) {
      var entry = manifestEntry(tar);
      var config = content(tar, entry.getConfig());
      var reference = ImageReference.of(null, REPOSITORY, Digest.of(config).value());
      if (!isCached(reference)) {
        seed(tar, entry, config, reference);
      }
      return new Cached(reference, Set.copyOf(entry.getLayerFiles()));
    } catch (DigestException | CacheDirectoryCreationException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private boolean isCached(ImageReference reference)
      throws IOException, CacheDirectoryCreationException {
    try {
      return cache()
          .retrieveMetadata(reference)
          .map(image -> image.getManifestsAndConfigs().getFirst().getManifest())
          .filter(cache()::areAllLayersCached)
          .isPresent();
    } catch (CacheCorruptedException e) {
      return false;
    }
  }

  private void seed(
      TarFile tar, DockerManifestEntryTemplate entry, byte[] config, ImageReference reference)
      throws IOException, DigestException, CacheDirectoryCreationException {
    var manifest = new V22ManifestTemplate();
    for (var layerFile : entry.getLayerFiles()) {
      try (var layer = tar.getInputStream(tarEntry(tar, layerFile))) {
        var written = cache().writeCompressedLayer(Blobs.from(layer));
        manifest.addLayer(written.getSize(), written.getDigest());
      }
    }
    manifest.setContainerConfiguration(
        config.length, DescriptorDigest.fromDigest(reference.getQualifier()));
    cache()
        .writeMetadata(
            reference,
            manifest,
            JsonTemplateMapper.readJson(
                new String(config, StandardCharsets.UTF_8), ContainerConfigurationTemplate.class));
  }

  private Cache cache() throws CacheDirectoryCreationException {
    return Cache.withDirectory(folder);
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
