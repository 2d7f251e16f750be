package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import java.io.IOException;
import java.nio.file.Path;

/// One migration in a JVM of its own, as two developers would start it.
final class MigrateOnce {
  private MigrateOnce() {}

  static Process start(JdbcTarget target, Path root, String changelog) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            MigrateOnce.class.getName(),
            target.endpoint().engine().toString(),
            target.endpoint().port().toString(),
            target.database().value(),
            target.password().reveal(),
            root.toString(),
            changelog)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static String answer(Process migration) throws IOException {
    return new String(migration.getInputStream().readAllBytes()).strip();
  }

  public static void main(String[] arguments) throws MigrationException {
    var target =
        new JdbcTarget(
            new DatabaseEndpoint(
                Engine.named(arguments[0]),
                "127.0.0.1",
                Port.parse(arguments[1]),
                new DatabaseName(arguments[2]),
                new MasterUsername("master")),
            Secret.masterPassword(arguments[3]));
    MigrationResult result =
        new SchemaMigration(MigrationSettings.DEFAULT, MigrationProgress.NONE)
            .update(target, Path.of(arguments[4]), arguments[5], "", "");
    System.out.println(
        "applied " + result.applied().size() + ", already " + result.alreadyApplied());
  }
}
