package dev.dbartifact.builder;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Walks what a build walks, so that the JVM keeps the classes it needs ready: inspects a source
/// that answers on loopback, and writes an image to a file and to a container engine that takes
/// anything.
public final class Training {
  private static final String INI =
      """
      [source_db]
      source_db_cluster_id = training
      [target_db]
      subnet_ids = source
      instance_type = db.t4g.medium
      database_name = training
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

  private static final String ENGINE = "#!/bin/sh\nexec cat >/dev/null\n";

  private Training() {}

  /// @param args a folder to work in
  public static void main(String[] args) throws Exception {
    var folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
    var ini = Files.writeString(folder.resolve("artifact-config.ini"), INI);
    for (var file : CHANGELOG.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    System.setProperty("aws.accessKeyId", "TRAINING");
    System.setProperty("aws.secretAccessKey", "TRAINING");
    try (var endpoint = new TrainingEndpoint()) {
      build(ini, endpoint, "--to", "tar", "--output", folder.resolve("training.tar").toString());
      build(ini, endpoint, "--to", "docker");
    }
    Files.delete(folder.resolve("training.tar"));
    System.exit(0);
  }

  private static void build(Path ini, TrainingEndpoint endpoint, String... target)
      throws IOException {
    var folder = ini.getParent();
    var arguments = new ArrayList<>(List.of(ini.toString()));
    arguments.addAll(List.of("--region", "us-east-1", "--endpoint-url", endpoint.url()));
    arguments.addAll(List.of(target));
    try (var told = new PrintStream(folder.resolve("training.log").toFile())) {
      int exit = new Main(told, told, Map.of("PATH", engine(folder).toString())).run(arguments);
      if (exit != Main.BUILT) {
        throw new IOException("exit code " + exit + ", see " + folder.resolve("training.log"));
      }
    }
  }

  private static Path engine(Path folder) throws IOException {
    var bin = Files.createDirectories(folder.resolve("bin"));
    var docker = Files.writeString(bin.resolve("docker"), ENGINE);
    Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin;
  }
}
