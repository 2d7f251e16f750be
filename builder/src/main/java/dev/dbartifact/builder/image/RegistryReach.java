package dev.dbartifact.builder.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.cache.Cache;
import com.google.cloud.tools.jib.cache.CacheCorruptedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;

/// Asks whether a registry can be reached at all, before Jib does: its time-outs and repetitions
/// take more than a minute together.
///
/// @param cache where Jib keeps bases; one that is there by digest needs no registry
record RegistryReach(Path cache, Duration patience) {
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int HTTPS_PORT = 443;

  /// @throws ImageException if it cannot be connected to
  void require(BaseImage.InRegistry base)
      throws ImageException,
          IOException,
          InvalidImageReferenceException,
          CacheDirectoryCreationException {
    var reference = ImageReference.parse(base.reference());
    var registry = URI.create("https://" + reference.getRegistry());
    if (isCached(reference) || isBehindProxy(registry)) {
      return;
    }
    int port = registry.getPort() < 0 ? HTTPS_PORT : registry.getPort();
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(registry.getHost(), port), Math.toIntExact(patience.toMillis()));
    } catch (IOException e) {
      throw new ImageException(
          "Could not pull the base %s: the registry %s:%d cannot be reached: %s. Check its name and the network, or name a base that is here: tar://FILE or docker://IMAGE."
              .formatted(base, registry.getHost(), port, reason(e, registry)),
          e);
    }
  }

  private static String reason(IOException failure, URI registry) {
    return failure instanceof UnknownHostException
        ? "the host " + registry.getHost() + " is not known"
        : failure.getMessage();
  }

  private boolean isCached(ImageReference reference)
      throws IOException, CacheDirectoryCreationException {
    try {
      return reference.getDigest().isPresent()
          && Cache.withDirectory(cache).retrieveMetadata(reference).isPresent();
    } catch (CacheCorruptedException e) {
      return false;
    }
  }

  private static boolean isBehindProxy(URI registry) {
    var selector = ProxySelector.getDefault();
    return selector != null
        && selector.select(registry).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
  }
}
