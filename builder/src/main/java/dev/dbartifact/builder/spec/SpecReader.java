package dev.dbartifact.builder.spec;

import dev.dbartifact.artifact.ArtifactName;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.InstanceClass;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Problems;
import dev.dbartifact.artifact.ServerlessRange;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.builder.ini.IniFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Turns `artifact-config.ini` into an [ArtifactSpec]. Every key that the builder knows is named
/// here once.
public final class SpecReader {
  private static final String SOURCE = "source_db";
  private static final String TARGET = "target_db";
  private static final String IMAGE = "image";

  private final Path file;
  private final IniFile ini;
  private final Problems problems;

  private SpecReader(Path file, IniFile ini, Problems problems) {
    this.file = file;
    this.ini = ini;
    this.problems = problems;
  }

  /// Nothing if the file cannot be read at all, and no spec without a source; whatever is wrong
  /// with the file becomes a problem.
  public static Optional<SpecDraft> read(Path file, Problems problems) {
    return IniFile.read(file, problems).map(ini -> new SpecReader(file, ini, problems).draft());
  }

  private SpecDraft draft() {
    var source =
        ini.required(
            SOURCE, "source_db_cluster_id", "the cluster to copy", SpecValues::clusterIdOrArn);
    var target = target();
    refuseSourceAsTarget(source, target);
    var changelog = new ChangelogKeys(file, ini, problems).read();
    var name = ini.value(IMAGE, "name", ArtifactName::new);
    var base = ini.value(IMAGE, "base_image", text -> SpecValues.baseImage(text, folder()));
    ini.refuseUnknown();
    var spec = source.map(id -> new ArtifactSpec(name, id, target, changelog, base, places()));
    return new SpecDraft(spec, changelog, base, places(), notes(target, changelog));
  }

  /// A create needs both a database and a changelog. Whoever wants clones only says `dontcare`.
  private List<String> notes(TargetSpec target, Optional<ChangelogSpec> changelog) {
    boolean namesDatabase = ini.text(TARGET, "database_name").isPresent();
    if (changelog.isPresent() && !namesDatabase) {
      return List.of(
          changelog.get().namedAt()
              + ": a clone does not run it, and a create needs [target_db] database_name for it;"
              + " set that, or database_name = dontcare if only clones are wanted");
    }
    if (target.databaseName().isPresent() && !new ChangelogKeys(file, ini, problems).isDecided()) {
      return List.of(
          ini.where(TARGET, "database_name")
              + ": a create will leave this database empty, as there is no"
              + " liquibase_changelog_path; set that, or liquibase_changelog_path = dontcare");
    }
    return List.of();
  }

  private Places places() {
    return new Places(
        ini.where(TARGET, "instance_type"),
        ini.where(TARGET, "kms_key_id"),
        ini.where(TARGET, "subnet_ids"),
        ini.where(TARGET, "tags"),
        ini.where(TARGET, windowKey()),
        ini.where(IMAGE, "base_image"));
  }

  /// What the operator has set of the two windows that must not meet.
  private String windowKey() {
    return ini.text(TARGET, "backup_window").isPresent() ? "backup_window" : "maintenance_window";
  }

  private TargetSpec target() {
    return new TargetSpec(
        ini.value(TARGET, "cluster_id", ClusterId::new),
        databaseName(),
        new NetworkSpec(
            wish("subnet_ids", SubnetIds::parse),
            wish("security_group_ids", SpecValues::securityGroups),
            wish("port", Port::parse),
            wish("publicly_accessible", SpecValues::yesOrNo)),
        new HardwareSpec(
            wish("instance_type", InstanceClass::new),
            wish("instance_count", SpecValues::instanceCount, new Wish.Exactly<>(1)),
            wishOrNone("serverless", ServerlessRange::parse, Wish.asSource())),
        new MaintenanceSpec(
            wish("backup_retention_days", SpecValues::retentionDays),
            wish("backup_window", SpecValues::backupWindow),
            wish("maintenance_window", SpecValues::maintenanceWindow),
            wish("auto_minor_version_upgrade", SpecValues::yesOrNo),
            // A copy is made to be thrown away; whoever wants it protected says so.
            wish("deletion_protection", SpecValues::yesOrNo, new Wish.Exactly<>(false)),
            wish("copy_tags_to_snapshots", SpecValues::yesOrNo)),
        new EngineSpec(
            wish("cluster_parameter_group", Function.identity()),
            wish("instance_parameter_group", Function.identity()),
            wish("storage_type", SpecValues::storageType),
            wish("kms_key_id", SpecValues::keyArn),
            wish("iam_authentication", SpecValues::yesOrNo),
            logExports()),
        wishOrNone("tags", SpecValues::tags, new Wish.Exactly<>(Tags.none())));
  }

  private Optional<DatabaseName> databaseName() {
    return ini.text(TARGET, "database_name").filter("dontcare"::equals).isPresent()
        ? Optional.empty()
        : ini.value(TARGET, "database_name", DatabaseName::new);
  }

  /// `none` is a wish of its own here: no log is exported.
  private Wish<List<String>> logExports() {
    return wish("log_exports", text -> text.equals("none") ? List.of() : SpecValues.words(text));
  }

  private <T> Wish<T> wish(String key, Function<String, T> type) {
    return wish(key, type, Wish.asSource());
  }

  private <T> Wish<T> wish(String key, Function<String, T> type, Wish<T> otherwise) {
    return ini.value(TARGET, key, Wish.orSource(type)).orElse(otherwise);
  }

  private <T> Wish<T> wishOrNone(String key, Function<String, T> type, Wish<T> otherwise) {
    return ini.value(TARGET, key, Wish.orSourceOrNone(type)).orElse(otherwise);
  }

  private void refuseSourceAsTarget(Optional<String> source, TargetSpec target) {
    target
        .clusterId()
        .filter(id -> source.filter(id.value()::equals).isPresent())
        .ifPresent(id ->
            problems.add(
                ini.where(TARGET, "cluster_id"),
                "'" + id + "' is the source itself, which an artifact never touches"));
  }

  private Path folder() {
    return file.toAbsolutePath().normalize().getParent();
  }
}
