package dev.dbartifact.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A table whose first column names what the row is about.
final class MarkdownTable {
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  MarkdownTable(List<String> header) {
    this.header = List.copyOf(header);
  }

  MarkdownTable row(String name, List<String> cells) {
    var row = new ArrayList<>(List.of(name));
    row.addAll(cells);
    if (row.size() != header.size()) {
      throw new IllegalArgumentException(
          "%d cells below %d headings".formatted(row.size(), header.size()));
    }
    rows.add(List.copyOf(row));
    return this;
  }

  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    lines.add(line(header));
    lines.add("|---|" + "---:|".repeat(header.size() - 1));
    rows.forEach(row -> lines.add(line(row)));
    return String.join("\n", lines) + "\n";
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
