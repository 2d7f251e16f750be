package dev.dbartifact.builder.changelog;

import com.opencsv.CSVParserBuilder;
import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.exceptions.CsvException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The files that rows name: in `loadData` and `loadUpdateData`, a cell of a column of type `blob`
/// or `clob` may stand for the content of a file. Liquibase 4.33 takes a `clob` cell for text where
/// there is no such file, and a `blob` cell for content where it is Base64.
///
/// @param mention of the rows
/// @param columns declared below it, with their attributes
record RowFiles(Mention mention, List<Mention> columns) {
  private static final Set<String> ELEMENTS = Set.of("loadData", "loadUpdateData");
  private static final Pattern BASE64 =
      Pattern.compile("([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)?");

  /// In document order, columns follow the element that they belong to.
  static List<RowFiles> in(List<Mention> mentions) {
    var found = new ArrayList<RowFiles>();
    for (var mention : mentions) {
      if (ELEMENTS.contains(mention.element())) {
        found.add(new RowFiles(mention, new ArrayList<>()));
      } else if (mention.element().equals("column") && !found.isEmpty()) {
        found.getLast().columns().add(mention);
      }
    }
    return found.stream()
        .filter(rows -> rows.columns().stream().anyMatch(RowFiles::isLob))
        .toList();
  }

  /// @param rows the file of the rows
  /// @param folders where a cell may count from: the changelog's folder, then the root
  /// @return what the cells name, each once
  List<Reference> references(Path rows, List<Path> folders)
      throws IOException, MalformedChangelogException {
    var found = new TreeMap<String, Reference>();
    try (var reader = reader(rows)) {
      var header = reader.readNext();
      for (var row = reader.readNext(); header != null && row != null; row = reader.readNext()) {
        for (int i = 0; i < row.length && i < header.length; i++) {
          var type = type(header[i].strip(), i);
          var cell = row[i].strip();
          if (isFile(type, cell, folders)) {
            boolean fromFile =
                Files.exists(folders.getFirst().resolve(cell)) || type.equals("blob");
            found.put(
                cell,
                new Reference(
                    Reference.Kind.CONTENT,
                    cell,
                    fromFile,
                    false,
                    FolderLimits.NONE,
                    mention.line()));
          }
        }
      }
    } catch (CsvException malformed) {
      throw new MalformedChangelogException(
          mention.line(),
          "'%s' is not well-formed: line %d: %s"
              .formatted(
                  mention.attributes().get("file"),
                  malformed.getLineNumber(),
                  malformed.getMessage()));
    }
    return List.copyOf(found.values());
  }

  private static boolean isFile(String type, String cell, List<Path> folders) {
    if (cell.isEmpty() || cell.equalsIgnoreCase("null")) {
      return false;
    }
    return switch (type) {
      case "blob" -> !BASE64.matcher(cell).matches();
      case "clob" ->
          cell.indexOf('\0') < 0
              && folders.stream().anyMatch(folder -> Files.isRegularFile(folder.resolve(cell)));
      default -> false;
    };
  }

  private CSVReader reader(Path rows) throws IOException {
    var parser =
        new CSVParserBuilder()
            .withSeparator(character("separator", ','))
            .withQuoteChar(character("quotchar", '"'))
            .build();
    // Like Liquibase, takes no offence at bytes that are not of the encoding.
    var text = new InputStreamReader(Files.newInputStream(rows), mention.encoding());
    return new CSVReaderBuilder(new BufferedReader(text)).withCSVParser(parser).build();
  }

  private char character(String attribute, char otherwise) {
    var text = mention.attributes().getOrDefault(attribute, "");
    return switch (text) {
      case "" -> otherwise;
      case "\\t" -> '\t';
      default -> text.charAt(0);
    };
  }

  private String type(String header, int index) {
    return columns.stream()
        .map(Mention::attributes)
        .filter(column -> isOf(column, header, index))
        .map(column -> column.getOrDefault("type", "").toLowerCase(java.util.Locale.ROOT))
        .findFirst()
        .orElse("");
  }

  private static boolean isOf(Map<String, String> column, String header, int index) {
    return header.equalsIgnoreCase(column.get("header"))
        || (!column.containsKey("header") && header.equalsIgnoreCase(column.get("name")))
        || ("" + index).equals(column.get("index"));
  }

  private static boolean isLob(Mention column) {
    var type = column.attributes().getOrDefault("type", "");
    return type.equalsIgnoreCase("blob") || type.equalsIgnoreCase("clob");
  }
}
