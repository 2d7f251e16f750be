package dev.dbartifact.localengine.rds.backup;

import dev.dbartifact.localengine.rds.request.Home;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The ARNs of automated backups, such as
/// `arn:aws:rds:us-west-2:123456789012:auto-backup:ab-jkib2gfq5rv7replzadausbrktni2bn4example`.
/// They have the lengths that the examples of the AWS command line have, and follow from the
/// resource.
record BackupArns(Home home) {

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

  /// @param resourceId such as `cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ`
  String ofCluster(String resourceId) {
    return home.arn("cluster-auto-backup", "cab-" + letters(resourceId, 64));
  }

  /// @param resourceId such as `db-ABCDEFGHIJKLMNOPQRSTUVWXYZ`
  String ofInstance(String resourceId) {
    return home.arn("auto-backup", "ab-" + letters(resourceId, 39));
  }

  private static String letters(String resourceId, int count) {
    var digest = digest(resourceId);
    return IntStream.range(0, count)
        .mapToObj(index -> String.valueOf(LETTERS.charAt(digest[index] & 31)))
        .collect(Collectors.joining());
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-512", e);
    }
  }
}
