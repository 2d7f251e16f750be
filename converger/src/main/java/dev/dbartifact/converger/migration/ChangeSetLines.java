package dev.dbartifact.converger.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import liquibase.changelog.ChangeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds where a change set is written. Liquibase forgets lines when it parses, so the file is read
/// again; that happens only when there is something to report.
final class ChangeSetLines {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeSetLines.class);

  /// How far id and author of one change set can stand apart.
  private static final int REACH = 3;

  private final Path root;

  ChangeSetLines(Path root) {
    this.root = root;
  }

  /// Without a line: costs no reading.
  static ChangeSetRef plainRef(ChangeSet changeSet) {
    return new ChangeSetRef(
        changeSet.getId(), changeSet.getAuthor(), file(changeSet), OptionalInt.empty());
  }

  ChangeSetRef ref(ChangeSet changeSet) {
    String file = file(changeSet);
    OptionalInt line = line(file, changeSet.getId(), changeSet.getAuthor());
    return new ChangeSetRef(changeSet.getId(), changeSet.getAuthor(), file, line);
  }

  private static String file(ChangeSet changeSet) {
    var changelog = changeSet.getChangeLog();
    return changelog == null || changelog.getPhysicalFilePath() == null
        ? changeSet.getFilePath()
        : changelog.getPhysicalFilePath();
  }

  private OptionalInt line(String file, String id, String author) {
    try {
      return find(Files.readAllLines(root.resolve(file)), file, id, author);
    } catch (IOException unreadable) {
      LOG.debug("no line for {}::{} in {}", id, author, file, unreadable);
      return OptionalInt.empty();
    }
  }

  private static OptionalInt find(List<String> lines, String file, String id, String author) {
    Pattern start = start(file, id, author);
    int[] starts =
        IntStream.range(0, lines.size())
            .filter(each -> start.matcher(lines.get(each)).find())
            .toArray();
    OptionalInt best = IntStream.of(starts).filter(each -> near(lines, each, author)).findFirst();
    OptionalInt found = best.isPresent() ? best : IntStream.of(starts).findFirst();
    return found.isPresent() ? OptionalInt.of(found.getAsInt() + 1) : found;
  }

  private static Pattern start(String file, String id, String author) {
    return file.endsWith(".sql")
        ? Pattern.compile(
            "--\\s*changeset\\s+\"?"
                + Pattern.quote(author)
                + "\"?:\"?"
                + Pattern.quote(id)
                + "(\"|\\s|$)",
            Pattern.CASE_INSENSITIVE)
        : Pattern.compile("\\bid[\"']?\\s*[=:]\\s*[\"']?" + Pattern.quote(id) + "([\"',}/>\\s]|$)");
  }

  private static boolean near(List<String> lines, int at, String author) {
    return lines.subList(Math.max(0, at - REACH), Math.min(lines.size(), at + REACH + 1)).stream()
        .anyMatch(each -> each.contains(author));
  }
}
