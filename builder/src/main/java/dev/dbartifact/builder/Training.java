package dev.dbartifact.builder;

import dev.dbartifact.artifact.AccessSettings;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.HardwareSettings;
import dev.dbartifact.artifact.MaintenanceSettings;
import dev.dbartifact.artifact.NetworkSettings;
import dev.dbartifact.artifact.ParameterSettings;
import dev.dbartifact.artifact.SourceCluster;
import dev.dbartifact.artifact.StorageSettings;
import dev.dbartifact.artifact.SubnetId;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.builder.image.BaseImage;
import dev.dbartifact.builder.image.ImageTarget;
import dev.dbartifact.builder.image.ImageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Walks what a build walks, so that the JVM archives the classes it needs. Asks no endpoint that
/// answers, and leaves nothing in a container engine.
public final class Training {
  /// Port 1 of loopback is reserved (tcpmux), and nothing listens there.
  private static final String NO_ENDPOINT = "http://127.0.0.1:1";

  private static final String INI =
      """
      [source_db]
      source_db_cluster_id = training
      [target_db]
      subnet_ids = source
      instance_type = db.t4g.medium
      [liquibase]
      liquibase_changelog_path = changelog.xml
      """;

  private static final Map<String, String> CHANGELOG =
      Map.of(
          "changelog.xml",
          "<databaseChangeLog><include file='more.yaml'/></databaseChangeLog>",
          "more.yaml",
          "databaseChangeLog:\n- include: {file: more.sql}\n",
          "more.sql",
          "--liquibase formatted sql\n--changeset a:1\nselect 1;\n");

  private Training() {}

  /// @param args a folder to work in
  public static void main(String[] args) throws Exception {
    var folder = Files.createDirectories(Path.of(args[0]));
    var ini = Files.writeString(folder.resolve("artifact-config.ini"), INI);
    for (var file : CHANGELOG.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    askAnEndpoint(ini);
    writeAnImage(ini, folder);
    System.exit(0);
  }

  private static void askAnEndpoint(Path ini) throws IOException {
    System.setProperty("aws.accessKeyId", "TRAINING");
    System.setProperty("aws.secretAccessKey", "TRAINING");
    var quiet = new PrintStream(OutputStream.nullOutputStream());
    int exit =
        new Main(quiet, quiet, Map.of())
            .run(List.of(ini.toString(), "--region", "us-east-1", "--endpoint-url", NO_ENDPOINT));
    if (exit != Main.FAILED) {
      throw new IOException("something answered at " + NO_ENDPOINT + ": exit code " + exit);
    }
  }

  private static void writeAnImage(Path ini, Path folder) throws Exception {
    var images = new ImageWriter(folder.resolve("cache"), System.getenv(), System.err::println);
    var base = new BaseImage.Archive(Path.of(System.getProperty(Main.BASE_PROPERTY)));
    var target = new ImageTarget.TarFile("training", folder.resolve("training.tar"));
    new ArtifactBuilder(new NoSource(), images, base, "training", line -> {}).build(ini, target);
    Files.delete(folder.resolve("training.tar"));
  }

  private record NoSource() implements Source {
    @Override
    public SourceCluster inspect(String idOrArn) {
      return new SourceCluster(
          new ClusterId(idOrArn), "arn:training", "us-east-1", List.of(), settings());
    }

    @Override
    public Map<SubnetId, String> zonesOf(SubnetIds subnets) {
      return Map.of();
    }

    private static ClusterSettings settings() {
      return new ClusterSettings(
          Engine.AURORA_POSTGRESQL,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          new NetworkSettings(
              Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty()),
          new HardwareSettings(Optional.empty(), 1, Optional.empty()),
          new MaintenanceSettings(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()),
          new ParameterSettings(Optional.empty(), Optional.empty()),
          new StorageSettings(Optional.empty(), Optional.empty(), Optional.empty()),
          new AccessSettings(Optional.empty(), Optional.empty()),
          Tags.none());
    }
  }
}
