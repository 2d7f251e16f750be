package dev.dbartifact.builder.ini;

import dev.dbartifact.artifact.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.ini4j.Config;
import org.ini4j.InvalidFileFormatException;
import org.ini4j.spi.IniHandler;
import org.ini4j.spi.IniParser;

/// What ini4j makes of a file: its sections and entries with their lines.
///
/// ini4j stops at the first malformed line. That line is put aside and the rest is read again,
/// until all malformed lines are known.
record IniParse(List<IniEntry> sections, List<IniEntry> entries) {
  private static final Pattern SECTION = Pattern.compile("\\[\\s*[^\\]\\s][^\\]]*\\]");

  IniParse {
    sections = List.copyOf(sections);
    entries = List.copyOf(entries);
  }

  static IniParse of(String file, IniText text, Problems problems) {
    var lines = new ArrayList<>(text.lines());
    while (true) {
      var reader = new LineByLine(lines);
      try {
        var collected = new Collecting(reader);
        IniParser.newInstance(config()).parse(reader, collected);
        return new IniParse(collected.sections, collected.entries);
      } catch (InvalidFileFormatException malformed) {
        int line = reader.line();
        problems.add(file + ":" + line, malformed(lines, line));
        lines.set(line - 1, "");
      } catch (IOException impossible) {
        throw new UncheckedIOException("text in memory is always readable", impossible);
      }
    }
  }

  private static String malformed(List<String> lines, int line) {
    var found = lines.get(line - 1).strip();
    if (found.startsWith("[")) {
      return "'" + found + "' is not a section: [name], such as [source_db]";
    }
    boolean beforeSections =
        lines.subList(0, line - 1).stream().noneMatch(text -> SECTION.matcher(text).find());
    if (found.contains("=") && beforeSections) {
      return "'" + found + "' stands in no section; put a line such as [source_db] above it";
    }
    return "'" + found + "' is neither a section nor key = value nor a comment (# or ;)";
  }

  /// Nothing in a value is special: no escapes, no continuation lines, no `${…}`.
  private static Config config() {
    var config = new Config();
    config.setEscape(false);
    config.setEscapeNewline(false);
    config.setMultiOption(true);
    config.setMultiSection(true);
    config.setEmptyOption(false);
    config.setGlobalSection(false);
    config.setInclude(false);
    config.setLineSeparator("\n");
    return config;
  }

  private static final class Collecting implements IniHandler {
    private final LineByLine reader;
    private final List<IniEntry> sections = new ArrayList<>();
    private final List<IniEntry> entries = new ArrayList<>();
    private String section = "";

    Collecting(LineByLine reader) {
      this.reader = reader;
    }

    @Override
    public void startSection(String name) {
      section = name;
      sections.add(new IniEntry(name, "", "", reader.line()));
    }

    @Override
    public void handleOption(String name, String value) {
      entries.add(new IniEntry(section, name, value == null ? "" : value, reader.line()));
    }

    @Override
    public void handleComment(String comment) {}

    @Override
    public void startIni() {}

    @Override
    public void endIni() {}

    @Override
    public void endSection() {}
  }
}
