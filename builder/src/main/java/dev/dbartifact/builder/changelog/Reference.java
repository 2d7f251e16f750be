package dev.dbartifact.builder.changelog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a changelog needs besides itself.
///
/// @param kind what is to be found there
/// @param path as it is written
/// @param fromFile whether the path counts from the folder of the file that names it, not from the
///   root
/// @param optional whether Liquibase goes on without it
/// @param limits which files of a folder are changelogs
/// @param line where it is named
record Reference(
    Kind kind, String path, boolean fromFile, boolean optional, FolderLimits limits, int line) {
  enum Kind {
    /// Another changelog.
    CHANGELOG,
    /// A folder of changelogs.
    FOLDER,
    /// Rows, SQL, or properties: needed, but not read here.
    CONTENT
  }

  private record Form(Kind kind, String attribute) {}

  /// The elements of Liquibase 4.33 that name files, each with the attribute that does.
  private static final Map<String, Form> FORMS =
      Map.of(
          "include", new Form(Kind.CHANGELOG, "file"),
          "includeAll", new Form(Kind.FOLDER, "path"),
          "loadData", new Form(Kind.CONTENT, "file"),
          "loadUpdateData", new Form(Kind.CONTENT, "file"),
          "sqlFile", new Form(Kind.CONTENT, "path"),
          "createProcedure", new Form(Kind.CONTENT, "path"),
          "createView", new Form(Kind.CONTENT, "path"),
          "property", new Form(Kind.CONTENT, "file"));

  /// Attributes of a column whose value is the content of a file, found from the changelog's
  /// folder.
  private static final Set<String> COLUMN_FILES = Set.of("valueClobFile", "valueBlobFile");

  static List<Reference> in(List<Mention> mentions) {
    var references = new ArrayList<Reference>();
    for (var mention : mentions) {
      var form = FORMS.get(mention.element());
      if (form != null && mention.attributes().containsKey(form.attribute())) {
        references.add(of(mention, form));
      }
      if (mention.element().equals("column")) {
        columnFiles(mention, references);
      }
    }
    return references;
  }

  private static Reference of(Mention mention, Form form) {
    var attributes = mention.attributes();
    return new Reference(
        form.kind(),
        attributes.get(form.attribute()),
        Boolean.parseBoolean(attributes.get("relativeToChangelogFile")),
        "false".equalsIgnoreCase(attributes.get("errorIfMissing"))
            || "false".equalsIgnoreCase(attributes.get("errorIfMissingOrEmpty")),
        FolderLimits.in(attributes),
        mention.line());
  }

  private static void columnFiles(Mention column, List<Reference> references) {
    for (var attribute : COLUMN_FILES) {
      var path = column.attributes().get(attribute);
      if (path != null) {
        references.add(
            new Reference(Kind.CONTENT, path, true, false, FolderLimits.NONE, column.line()));
      }
    }
  }
}
