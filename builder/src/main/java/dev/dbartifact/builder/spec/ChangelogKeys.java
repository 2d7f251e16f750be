package dev.dbartifact.builder.spec;

import dev.dbartifact.artifact.Problems;
import dev.dbartifact.builder.ini.IniFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// The keys that name the changelog. The path may stand in `[source_db]`, too, where earlier tools
/// had it.
record ChangelogKeys(Path file, IniFile ini, Problems problems) {
  private static final String SECTION = "liquibase";
  private static final String EARLIER_SECTION = "source_db";
  private static final String PATH = "liquibase_changelog_path";
  private static final String ROOT = "liquibase_search_path";

  Optional<ChangelogSpec> read() {
    var path = ini.value(SECTION, PATH, Function.identity());
    var earlier = ini.value(EARLIER_SECTION, PATH, Function.identity());
    var root = ini.value(SECTION, ROOT, Function.identity()).map(this::absolute);
    if (path.isPresent() && earlier.isPresent()) {
      problems.add(
          ini.where(EARLIER_SECTION, PATH), "is set in [liquibase], too; remove one of them");
    }
    return path.or(() -> earlier)
        .filter(text -> !text.equals("dontcare"))
        .map(this::absolute)
        .flatMap(changelog -> below(changelog, root.orElseGet(() -> defaultRoot(changelog))));
  }

  /// Whether a changelog is named, or `dontcare` says that there is to be none.
  boolean isDecided() {
    return ini.text(SECTION, PATH).or(() -> ini.text(EARLIER_SECTION, PATH)).isPresent();
  }

  private Optional<ChangelogSpec> below(Path changelog, Path root) {
    if (!changelog.startsWith(root)) {
      problems.add(
          ini.where(SECTION, ROOT), "the changelog " + changelog + " is not below " + root);
      return Optional.empty();
    }
    return Optional.of(new ChangelogSpec(root, root.relativize(changelog), namedAt()));
  }

  /// The folder of the INI file, so that paths count from where the operator wrote them; for a
  /// changelog that lies elsewhere, its own folder.
  private Path defaultRoot(Path changelog) {
    var folder = folder();
    return changelog.startsWith(folder) ? folder : changelog.getParent();
  }

  private String namedAt() {
    boolean here = ini.text(SECTION, PATH).isPresent();
    return ini.where(here ? SECTION : EARLIER_SECTION, PATH);
  }

  private Path absolute(String text) {
    return folder().resolve(text).normalize();
  }

  private Path folder() {
    return file.toAbsolutePath().normalize().getParent();
  }
}
