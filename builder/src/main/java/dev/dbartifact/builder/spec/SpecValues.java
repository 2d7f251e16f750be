package dev.dbartifact.builder.spec;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.DailyWindow;
import dev.dbartifact.artifact.SecurityGroupId;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.artifact.WeeklyWindow;
import dev.dbartifact.builder.image.BaseImage;
import dev.dbartifact.rds.OwnTags;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How values are written in the INI file, where the contract's types have no form of their own.
/// All of these refuse with an [IllegalArgumentException] that says what is accepted.
final class SpecValues {
  private static final Pattern CLUSTER_ARN =
      Pattern.compile("arn:aws[a-z-]*:rds:[a-z0-9-]+:[0-9]{12}:cluster:(.+)");
  private static final Pattern KEY_ARN =
      Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/.+");

  private SpecValues() {}

  static String clusterIdOrArn(String text) {
    var arn = CLUSTER_ARN.matcher(text);
    if (arn.matches()) {
      new ClusterId(arn.group(1));
      return text;
    }
    return new ClusterId(text).value();
  }

  static boolean yesOrNo(String text) {
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "yes", "true", "on" -> true;
      case "no", "false", "off" -> false;
      default -> throw refused(text, "accepted are yes, no and source");
    };
  }

  static int instanceCount(String text) {
    return wholeNumber(text, 1, 16, "the number of instances");
  }

  static int retentionDays(String text) {
    return wholeNumber(text, 1, 35, "the backup retention in days");
  }

  static DailyWindow backupWindow(String text) {
    var window = new DailyWindow(text);
    requireLength(text, WeekMinutes.length(window));
    return window;
  }

  static WeeklyWindow maintenanceWindow(String text) {
    var window = new WeeklyWindow(text);
    requireLength(text, WeekMinutes.length(window));
    return window;
  }

  private static void requireLength(String text, int minutes) {
    if (minutes < WeekMinutes.SHORTEST) {
      throw refused(text, "a window lasts at least " + WeekMinutes.SHORTEST + " minutes");
    }
  }

  static String storageType(String text) {
    return switch (text) {
      case "aurora", "aurora-iopt1" -> text;
      default -> throw refused(text, "accepted are aurora, aurora-iopt1 and source");
    };
  }

  static String keyArn(String text) {
    if (!KEY_ARN.matcher(text).matches()) {
      throw refused(text, "accepted is the ARN of a KMS key, or source");
    }
    return text;
  }

  static List<SecurityGroupId> securityGroups(String text) {
    return words(text).stream().map(SecurityGroupId::new).toList();
  }

  static List<String> words(String text) {
    var words = Stream.of(text.split(",", -1)).map(String::strip).toList();
    if (words.contains("")) {
      throw refused(text, "a comma has nothing before or behind it");
    }
    return words;
  }

  /// Reads `key=value, key=value`.
  static Tags tags(String text) {
    var tags = new TreeMap<String, String>();
    for (var word : words(text)) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw refused(word, "a tag is key=value; several are parted by commas");
      }
      var key = word.substring(0, equals).strip();
      if (OwnTags.isOwn(key)) {
        throw refused(
            word, "the prefix " + OwnTags.PREFIX + " is kept for the tags of the converger");
      }
      if (tags.put(key, word.substring(equals + 1).strip()) != null) {
        throw refused(text, "the tag " + key + " is there twice");
      }
    }
    return Tags.of(tags);
  }

  /// Reads `tar://FILE` (or `tar:FILE`), `docker://REFERENCE` or `registry://REFERENCE`.
  static BaseImage baseImage(String text, Path folder) {
    var parts = text.split("://|:", 2);
    if (parts.length < 2 || parts[1].isBlank()) {
      throw refused(text, "accepted are tar://FILE, docker://REFERENCE and registry://REFERENCE");
    }
    return switch (parts[0]) {
      case "tar" -> new BaseImage.Tar(folder.resolve(parts[1]).normalize());
      case "docker" -> new BaseImage.InEngine(parts[1]);
      case "registry" -> new BaseImage.InRegistry(parts[1]);
      default ->
          throw refused(
              text, "accepted are tar://FILE, docker://REFERENCE and registry://REFERENCE");
    };
  }

  private static int wholeNumber(String text, int low, int high, String noun) {
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException notOne) {
      throw refused(text, noun + " is a whole number between " + low + " and " + high);
    }
    if (value < low || value > high) {
      throw refused(text, noun + " is between " + low + " and " + high);
    }
    return value;
  }

  private static IllegalArgumentException refused(String found, String accepted) {
    return new IllegalArgumentException("'" + found + "': " + accepted);
  }
}
