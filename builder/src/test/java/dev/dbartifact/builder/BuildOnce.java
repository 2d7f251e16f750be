package dev.dbartifact.builder;

import dev.dbartifact.builder.image.BaseImage;
import dev.dbartifact.builder.image.ImageTarget;
import dev.dbartifact.builder.image.ImageWriter;
import java.nio.file.Path;
import java.util.Map;

/// A builder in a process of its own, for tests that change what a process is born with. Prints the
/// digest and the image id.
public final class BuildOnce {
  private BuildOnce() {}

  /// @param args base archive, INI file, a folder for cache and image
  public static void main(String[] args) throws Exception {
    var folder = Path.of(args[2]);
    var builder =
        new ArtifactBuilder(
            new SampleSource(),
            new ImageWriter(folder.resolve("cache"), Map.of(), System.err::println),
            new BaseImage.Archive(Path.of(args[0])),
            "1.2.3",
            System.err::println);
    var target = new ImageTarget.TarFile("shop", folder.resolve("image.tar"));
    var image = builder.build(Path.of(args[1]), target).image();
    System.out.println(image.digest() + " " + image.imageId());
  }
}
