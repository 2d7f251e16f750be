package dev.dbartifact.converger.state;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Digest;
import dev.dbartifact.converger.options.Mode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// How a cluster is called when nobody says: `<source>-<mode>-<owner>`.
public final class TargetName {
  /// Leaves room for the `-16` of an instance.
  private static final int LONGEST = ClusterId.MAX_LENGTH - 3;

  private static final int DIGEST_LENGTH = 8;

  /// What the SDKs, the AWS command line and EKS call the session of a role that nobody has named.
  /// They name each one anew, after the time or by chance.
  private static final Pattern UNNAMED_SESSION =
      Pattern.compile(
          ".*:assumed-role/.*/("
              + "(aws-sdk-java|aws-go-sdk|aws-sdk-js(-session)?|aws-sdk-php|botocore-session)-[0-9]+"
              + "|[0-9]{16,}"
              + "|eks-.*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  private TargetName() {}

  /// A legal identifier; one that would be too long is cut, and ends in a digest of the whole.
  public static ClusterId of(ClusterId source, Mode mode, String owner) {
    return new ClusterId(shortened(source + "-" + mode + "-" + legal(owner), LONGEST));
  }

  /// The n-th instance of a cluster, counted from 1.
  public static ClusterId instance(ClusterId cluster, int n) {
    String end = "-" + n;
    return new ClusterId(shortened(cluster.value(), ClusterId.MAX_LENGTH - end.length()) + end);
  }

  private static String shortened(String name, int longest) {
    if (name.length() <= longest) {
      return name;
    }
    String digest =
        Digest.of(name.getBytes(StandardCharsets.UTF_8)).shortForm().substring(0, DIGEST_LENGTH);
    String head = name.substring(0, longest - DIGEST_LENGTH - 1).replaceFirst("-+$", "");
    return head + "-" + digest;
  }

  /// Letters and digits in lower case, anything else a single hyphen between them.
  static String legal(String owner) {
    String legal =
        owner
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceFirst("^-", "")
            .replaceFirst("-$", "");
    return legal.isEmpty() ? "nobody" : legal;
  }

  /// Whether two ways to write an owner mean one: both would have the same clusters.
  public static boolean isSameOwner(String one, String other) {
    return legal(one).equals(legal(other));
  }

  /// The owner that an ARN names: its last part, be it a user or the session of a role.
  public static String ownerOf(String callerArn) {
    return legal(
        callerArn.substring(Math.max(callerArn.lastIndexOf('/'), callerArn.lastIndexOf(':')) + 1));
  }

  /// Whether the owner that an ARN names is another one the next time the same person comes.
  public static boolean isPassing(String callerArn) {
    return UNNAMED_SESSION.matcher(callerArn).matches();
  }
}
