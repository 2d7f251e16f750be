package dev.dbartifact.localengine.hosts;

import java.util.List;
import java.util.stream.Collectors;

/// The lines of one engine in a hosts file, between two marks. All other lines are somebody else's
/// and stay as they are, down to the last byte. Pure.
///
/// @param owner tells the block from those of other engines; without a line break
record HostsBlock(String owner) {

  /// The names of AWS, and those of AWS in China.
  private static final String OWN_LINE =
      "[0-9.]+ [a-z0-9.-]+\\.rds\\.(amazonaws\\.com|cn-[a-z0-9-]+\\.amazonaws\\.com\\.cn)";

  HostsBlock {
    if (owner.isBlank() || owner.lines().count() != 1) {
      throw new IllegalArgumentException("Not a word for a mark: '" + owner + "'");
    }
  }

  private String begin() {
    return "# BEGIN db-artifact-local " + owner + " (its own lines, which it replaces)\n";
  }

  private String end() {
    return "# END db-artifact-local " + owner + "\n";
  }

  /// The content with exactly these hosts in the block: in its place where there is one, else at
  /// the end. Without any hosts there is no block.
  String in(String content, List<Host> hosts) {
    if (hosts.isEmpty()) {
      return out(content);
    }
    var lines = hosts.stream().map(host -> host.line() + "\n").collect(Collectors.joining());
    var block = begin() + lines + end();
    var at = content.indexOf(begin());
    var others = out(content);
    if (at < 0) {
      return (others.isEmpty() || others.endsWith("\n") ? others : others + "\n") + block;
    }
    var place = Math.min(at, others.length());
    return others.substring(0, place) + block + others.substring(place);
  }

  /// The content without the block. One whose end is missing, since the file was cut off or edited,
  /// reaches as far as its lines have the form.
  String out(String content) {
    var others = content;
    for (var at = others.indexOf(begin()); at >= 0; at = others.indexOf(begin())) {
      others = others.substring(0, at) + afterBlock(others.substring(at + begin().length()));
    }
    return others;
  }

  private String afterBlock(String rest) {
    var end = rest.indexOf(end());
    return end < 0 ? afterOwn(rest) : rest.substring(end + end().length());
  }

  private static String afterOwn(String rest) {
    var at = 0;
    while (at < rest.length()) {
      var next = rest.indexOf('\n', at) + 1;
      var line = rest.substring(at, next == 0 ? rest.length() : next);
      if (!isOwn(line)) {
        break;
      }
      at += line.length();
    }
    return rest.substring(at);
  }

  private static boolean isOwn(String line) {
    return line.strip().matches(OWN_LINE);
  }
}
