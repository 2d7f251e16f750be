package dev.dbartifact.builder.ini;

import dev.dbartifact.artifact.NearMiss;
import dev.dbartifact.artifact.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// An INI file that is being read: values are asked for by section and key, and whatever nobody
/// asked for is unknown. Keys are written in any case; values are text as it stands, without the
/// spaces around it.
public final class IniFile {
  private final String name;
  private final IniParse parse;
  private final Problems problems;
  private final Map<String, Set<String>> accepted = new TreeMap<>();

  private IniFile(String name, IniParse parse, Problems problems) {
    this.name = name;
    this.parse = parse;
    this.problems = problems;
  }

  /// Nothing if the file cannot be read at all; then, and for every malformed line and repeated
  /// key, there are problems.
  public static Optional<IniFile> read(Path file, Problems problems) {
    return IniText.read(file, problems)
        .map(text -> of(String.valueOf(file.getFileName()), text, problems));
  }

  static IniFile of(String name, IniText text, Problems problems) {
    var file = new IniFile(name, IniParse.of(name, text, problems), problems);
    if (file.parse.sections().isEmpty()) {
      problems.add(name, "holds no section; the least is [source_db] with source_db_cluster_id");
    }
    file.refuseRepetition();
    return file;
  }

  /// The value of a key, if it is there.
  public Optional<String> text(String section, String key) {
    return entry(section, key).map(IniEntry::value);
  }

  /// The value of a key turned into a checked type. What the type refuses is a problem, and so is
  /// an empty value.
  public <T> Optional<T> value(String section, String key, Function<String, T> type) {
    return entry(section, key)
        .filter(this::isNotEmpty)
        .flatMap(found -> problems.parse(where(found), found.value(), type));
  }

  /// As [#value]; that the key is missing is a problem, too.
  ///
  /// @param meaning what the value is, for the message
  public <T> Optional<T> required(
      String section, String key, String meaning, Function<String, T> type) {
    if (entry(section, key).isEmpty()) {
      boolean hasSection =
          parse.sections().stream().anyMatch(each -> each.section().equals(section));
      problems.add(
          name + " [" + section + "] " + key,
          "is missing: "
              + meaning
              + (hasSection ? "" : " (there is no section [" + section + "])"));
    }
    return value(section, key, type);
  }

  /// Where a key stands, for a problem that only shows later.
  public String where(String section, String key) {
    return entry(section, key).map(this::where).orElse(name + " [" + section + "] " + key);
  }

  /// Makes a problem of every section and key that nobody has asked for.
  public void refuseUnknown() {
    for (var section : parse.sections()) {
      if (!accepted.containsKey(section.section())) {
        problems.add(
            name + ":" + section.line() + " [" + section.section() + "]",
            "is not a section that the builder knows; "
                + suggestion(section.section(), accepted.keySet()));
      }
    }
    for (var entry : parse.entries()) {
      var keys = accepted.get(entry.section());
      if (keys != null && !keys.contains(lower(entry.key()))) {
        problems.add(
            where(entry), "is not a key that the builder knows; " + suggestion(entry, keys));
      }
    }
  }

  private Optional<IniEntry> entry(String section, String key) {
    accepted.computeIfAbsent(section, unused -> new TreeSet<>()).add(key);
    return parse.entries().stream()
        .filter(entry -> entry.section().equals(section) && lower(entry.key()).equals(key))
        .findFirst();
  }

  private boolean isNotEmpty(IniEntry entry) {
    if (entry.value().isEmpty()) {
      problems.add(where(entry), "has no value; remove the line if you do not need it");
    }
    return !entry.value().isEmpty();
  }

  private void refuseRepetition() {
    var firstSections = new HashMap<String, Integer>();
    for (var section : parse.sections()) {
      var first = firstSections.putIfAbsent(section.section(), section.line());
      if (first != null) {
        problems.add(
            name + ":" + section.line() + " [" + section.section() + "]",
            "begins a second time; the first is in line " + first);
      }
    }
    var firstEntries = new HashMap<List<String>, Integer>();
    for (var entry : parse.entries()) {
      var place = List.of(entry.section(), lower(entry.key()));
      var first = firstEntries.putIfAbsent(place, entry.line());
      if (first != null) {
        problems.add(where(entry), "is set a second time; the first is in line " + first);
      }
    }
  }

  private String suggestion(IniEntry entry, Set<String> keys) {
    var elsewhere = new ArrayList<String>();
    accepted.forEach((section, others) -> {
      if (others.contains(lower(entry.key()))) {
        elsewhere.add("[" + section + "]");
      }
    });
    return elsewhere.isEmpty()
        ? suggestion(entry.key(), keys)
        : "it belongs into " + String.join(" or ", elsewhere);
  }

  private static String suggestion(String found, Collection<String> known) {
    return NearMiss.of(found, known)
        .map(word -> "did you mean " + word + "?")
        .orElse("known are " + String.join(", ", known));
  }

  private String where(IniEntry entry) {
    return name + ":" + entry.line() + " [" + entry.section() + "] " + entry.key();
  }

  private static String lower(String key) {
    return key.toLowerCase(Locale.ROOT);
  }
}
