package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/// One way through the statements of a change set, which another run may have begun.
final class ChangeSetWalk {
  private static final int DIGEST_BYTES = 8;

  private final String name;
  private final String changeSet;
  private final Optional<Mark> left;
  private final MessageDigest walked = Digest.newSha256();
  private int statement = 1;

  /// @param name of the change set
  /// @param left where another run has stopped, in whatever change set
  ChangeSetWalk(String name, Optional<Mark> left) {
    this.name = name;
    add(name);
    this.changeSet = digest();
    this.left = left.filter(mark -> mark.changeSet().equals(changeSet));
  }

  /// Whether another run has begun it.
  boolean isResumed() {
    return left.isPresent();
  }

  /// Whether the statement at hand took effect in another run.
  boolean isBehindUs() {
    return left.filter(mark -> statement < mark.statement()).isPresent();
  }

  /// Whether nobody knows if the statement at hand took effect in another run.
  boolean isInDoubt() {
    return left.filter(mark -> mark.begun() && statement == mark.statement()).isPresent();
  }

  /// Whether the statements that took effect are still those of the changelog. Known as soon as the
  /// walk has passed them.
  boolean isAsItWas() {
    return left.filter(mark -> statement == mark.statement())
        .map(mark -> mark.before().equals(digest()))
        .orElse(!isBehindUs());
  }

  String name() {
    return name;
  }

  int statement() {
    return statement;
  }

  /// The statement at hand is behind us.
  void pass(String sql) {
    add(sql);
    statement++;
  }

  /// Where the walk is: about to begin the statement at hand.
  Mark mark() {
    return new Mark(statement, true, name, changeSet, digest());
  }

  private void add(String text) {
    walked.update(text.getBytes(StandardCharsets.UTF_8));
    walked.update((byte) 0);
  }

  private String digest() {
    try {
      byte[] digest = ((MessageDigest) walked.clone()).digest();
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("Java's own digests can be cloned", impossible);
    }
  }
}
