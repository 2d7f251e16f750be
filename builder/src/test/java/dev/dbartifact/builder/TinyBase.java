package dev.dbartifact.builder;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A base archive that holds one file and starts nothing: enough to put layers on.
public final class TinyBase {
  private TinyBase() {}

  public static Path in(Path folder) throws Exception {
    Files.createDirectories(folder);
    var content = Files.writeString(folder.resolve("base.txt"), "base");
    var tar = folder.resolve("tiny-base.tar");
    Jib.fromScratch()
        .addLayer(List.of(content), "/base")
        .setEntrypoint("/base/start")
        .containerize(
            Containerizer.to(TarImage.at(tar).named("tiny-base"))
                .setBaseImageLayersCache(folder.resolve("cache"))
                .setApplicationLayersCache(folder.resolve("cache")));
    return tar;
  }
}
