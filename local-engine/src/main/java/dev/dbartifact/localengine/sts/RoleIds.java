package dev.dbartifact.localengine.sts;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;

/// The ids of roles in the form of IAM, such as `AROAABCDEFGHIJKLMNOPQ`; always the same for one
/// role.
public final class RoleIds {

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private RoleIds() {}

  public static String of(String arn) {
    var seed =
        UUID.nameUUIDFromBytes(arn.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
    var id = new StringBuilder("AROA");
    new Random(seed).ints(17, 0, LETTERS.length()).forEach(i -> id.append(LETTERS.charAt(i)));
    return id.toString();
  }
}
