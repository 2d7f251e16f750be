package dev.dbartifact.builder.image;

import com.google.cloud.tools.jib.api.DockerClient;
import com.google.cloud.tools.jib.api.ImageDetails;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.docker.CliDockerClient;
import com.google.cloud.tools.jib.image.ImageTarball;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Loads an image into a container engine, at first without the layers of its base.
///
/// An engine that has run an artifact before has those layers, and reading them again is what takes
/// long in `docker load`. An engine that lacks them says so, keeps nothing, and is given all.
final class EngineLoader implements DockerClient {
  private final ContainerEngine engine;
  private final Set<String> baseLayerFiles;
  private final DockerClient whole;

  EngineLoader(ContainerEngine engine, Set<String> baseLayerFiles) {
    this.engine = engine;
    this.baseLayerFiles = Set.copyOf(baseLayerFiles);
    this.whole = new CliDockerClient(engine.command(), Map.of());
  }

  @Override
  public boolean supported(Map<String, String> parameters) {
    return true;
  }

  @Override
  public String load(ImageTarball image, Consumer<Long> written)
      throws InterruptedException, IOException {
    if (!baseLayerFiles.isEmpty() && engine.acceptsMissingLayers()) {
      var loaded = loadWithoutBase(image);
      if (loaded.isPresent()) {
        return loaded.get();
      }
    }
    return whole.load(image, written);
  }

  @Override
  public void save(ImageReference image, Path file, Consumer<Long> written)
      throws InterruptedException, IOException {
    whole.save(image, file, written);
  }

  @Override
  public ImageDetails inspect(ImageReference image) throws IOException, InterruptedException {
    return whole.inspect(image);
  }

  private Optional<String> loadWithoutBase(ImageTarball image)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(engine.command().toString(), "load")
            .redirectError(new File("/dev/null"))
            .start();
    boolean sent = send(image, process);
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 && sent ? Optional.of(said) : Optional.empty();
  }

  /// An engine that refuses closes its end early; what is wrong is told by the whole load after it.
  private boolean send(ImageTarball image, Process process) {
    try (var filter = new LayerFilter(process.getOutputStream(), baseLayerFiles)) {
      image.writeTo(filter);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
