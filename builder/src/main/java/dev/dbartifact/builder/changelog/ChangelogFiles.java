package dev.dbartifact.builder.changelog;

import dev.dbartifact.artifact.Problems;
import dev.dbartifact.builder.spec.ChangelogSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Follows a changelog through everything that it includes. Nothing may lead out of its root, and
/// every problem is found before any is told.
public final class ChangelogFiles {
  private final Path root;
  private final Problems problems;
  private final SortedMap<String, Path> files = new TreeMap<>();
  private final Deque<String> open = new ArrayDeque<>();

  private ChangelogFiles(Path root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  /// Whatever is missing, empty, malformed, outside of the root, or includes itself, becomes a
  /// problem; then there is nothing to bake.
  ///
  /// @throws IOException if a file that is there cannot be read
  public static Optional<BakedChangelog> collect(ChangelogSpec spec, Problems problems)
      throws IOException {
    int before = problems.list().size();
    var collected = new ChangelogFiles(spec.root(), problems);
    var path = portable(spec.path());
    collected.changelog(path, spec.namedAt());
    return problems.list().size() == before
        ? Optional.of(BakedChangelog.of(path, collected.files))
        : Optional.empty();
  }

  /// @param where who names it, for messages
  private void changelog(String path, String where) throws IOException {
    if (open.contains(path)) {
      problems.add(
          where, "includes itself: " + String.join(" -> ", open.reversed()) + " -> " + path);
      return;
    }
    if (files.containsKey(path) || !isUsable(path, where)) {
      return;
    }
    files.put(path, root.resolve(path));
    open.push(path);
    ChangelogFormat.of(path)
        .ifPresentOrElse(
            format -> follow(path, format),
            () ->
                problems.add(
                    where,
                    "'" + path + "' is no changelog: names end in " + ChangelogFormat.ACCEPTED));
    open.pop();
  }

  private void follow(String path, ChangelogFormat format) {
    try {
      if (Files.readString(root.resolve(path), StandardCharsets.ISO_8859_1).isBlank()) {
        problems.add(path, "is empty; a changelog has at least one change set");
        return;
      }
      var mentions = format.mentions(root.resolve(path));
      for (var reference : Reference.in(mentions)) {
        follow(path, reference);
      }
      var legible = mentions.stream().filter(mention -> isLegible(path, mention)).toList();
      for (var rows : RowFiles.in(legible)) {
        follow(path, rows);
      }
    } catch (MalformedChangelogException malformed) {
      problems.add(path + ":" + malformed.line(), malformed.getMessage());
    } catch (IOException unreadable) {
      problems.add(path, "cannot be read: " + unreadable.getMessage());
    }
  }

  private boolean isLegible(String from, Mention mention) {
    try {
      mention.encoding();
      return true;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      problems.add(
          from + ":" + mention.line(),
          "'" + mention.attributes().get("encoding") + "' is not an encoding, such as UTF-8");
      return false;
    }
  }

  private void follow(String from, Reference reference) throws IOException {
    var where = from + ":" + reference.line();
    if (reference.path().contains("${")) {
      problems.add(where, "'" + reference.path() + "' depends on a property; name the file itself");
      return;
    }
    if (reference.path().startsWith("/")) {
      problems.add(where, "'" + reference.path() + "' is absolute; name it from " + root);
      return;
    }
    var path = resolve(from, reference);
    if (path.startsWith("..")) {
      problems.add(where, "'" + reference.path() + "' leads out of " + root);
      return;
    }
    if (reference.optional() && !Files.exists(root.resolve(path))) {
      return;
    }
    switch (reference.kind()) {
      case CHANGELOG -> changelog(portable(path), where);
      case FOLDER -> folder(portable(path), reference.limits(), where);
      case CONTENT -> content(portable(path), where);
    }
  }

  /// Rows that are missing were told of already.
  private void follow(String from, RowFiles rows) throws IOException, MalformedChangelogException {
    for (var named : Reference.in(List.of(rows.mention()))) {
      var path = resolve(from, named);
      if (files.containsKey(portable(path))) {
        var folders = List.of(root.resolve(from).getParent(), root);
        for (var reference : rows.references(root.resolve(path), folders)) {
          follow(from, reference);
        }
      }
    }
  }

  private static Path resolve(String from, Reference reference) {
    var path = Path.of(reference.path().replace('\\', '/').replaceFirst("^classpath:", ""));
    return (reference.fromFile() ? Path.of(from).resolveSibling(path) : path).normalize();
  }

  private void content(String path, String where) {
    if (isUsable(path, where)) {
      files.put(path, root.resolve(path));
    }
  }

  /// Every file below the folder is taken along, as others may name it; those that Liquibase takes
  /// for changelogs are followed.
  private void folder(String path, FolderLimits limits, String where) throws IOException {
    var folder = root.resolve(path);
    if (!Files.isDirectory(folder)) {
      problems.add(where, "the folder '" + path + "' does not exist below " + root);
      return;
    }
    for (var file : filesBelow(folder, where)) {
      var name = portable(root.relativize(file));
      if (limits.admit(folder, file) && ChangelogFormat.of(name).isPresent()) {
        changelog(name, where);
      } else {
        content(name, where);
      }
    }
  }

  private List<Path> filesBelow(Path folder, String where) throws IOException {
    try (var below = Files.walk(folder)) {
      return below.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException unreadable) {
      problems.add(where, "a folder cannot be read: " + unreadable.getCause().getMessage());
      return List.of();
    }
  }

  private boolean isUsable(String path, String where) {
    var file = root.resolve(path);
    if (!Files.exists(file)) {
      problems.add(where, missing(path, where));
    } else if (!Files.isRegularFile(file)) {
      problems.add(where, "'" + path + "' is no file");
    } else if (!Files.isReadable(file)) {
      problems.add(where, "'" + path + "' cannot be read: permission denied");
    } else if (!isInside(file)) {
      problems.add(where, "'" + path + "' leads out of " + root + " through a symbolic link");
    } else {
      return true;
    }
    return false;
  }

  private String missing(String path, String where) {
    var message = "'" + path + "' does not exist below " + root;
    var from = where.replaceFirst(":[0-9]+$", "");
    var beside = Path.of(from).resolveSibling(path).normalize();
    return !from.equals(path) && Files.exists(root.resolve(beside))
        ? message + "; '" + beside + "' does: set relativeToChangelogFile=\"true\" there"
        : message;
  }

  private boolean isInside(Path file) {
    try {
      return file.toRealPath().startsWith(root.toRealPath());
    } catch (IOException broken) {
      return false;
    }
  }

  private static String portable(Path path) {
    return path.toString().replace('\\', '/');
  }
}
