package dev.dbartifact.builder.changelog;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Which files of a folder `includeAll` takes for changelogs, as Liquibase 4.33 reads it.
///
/// A limit that depends on a property of the changelog is known only when it runs; until then it
/// excludes nothing.
///
/// @param ending of their names, in lower case
/// @param minDepth the files of the folder itself are at depth 1
record FolderLimits(String ending, int minDepth, int maxDepth) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  static final FolderLimits NONE = new FolderLimits("", 0, Integer.MAX_VALUE);

  static FolderLimits in(Map<String, String> attributes) {
    var ending = attributes.getOrDefault("endsWithFilter", "").strip();
    return new FolderLimits(
        ending.contains("${") ? NONE.ending : ending.toLowerCase(Locale.ROOT),
        number(attributes.get("minDepth"), NONE.minDepth),
        number(attributes.get("maxDepth"), NONE.maxDepth));
  }

  private static int number(String text, int otherwise) {
    return text != null && NUMBER.matcher(text.strip()).matches()
        ? Integer.parseInt(text.strip())
        : otherwise;
  }

  /// @param file below `folder`
  boolean admit(Path folder, Path file) {
    int depth = folder.relativize(file).getNameCount();
    return minDepth <= depth
        && depth <= maxDepth
        && file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }
}
