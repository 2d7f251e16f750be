package dev.dbartifact.localengine.secrets;

import dev.dbartifact.localengine.state.Shelf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/// All secrets, on disk for their owner only.
public final class Vault {

  private static final String FOLDER = "secrets";
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ReentrantLock changing = new ReentrantLock(true);
  private final Shelf<StoredSecret> secrets;
  private final String arnPrefix;
  private final Clock clock;

  /// @param folder where the memory is
  public Vault(Path folder, String region, String account, Clock clock) {
    this.secrets = new Shelf<>(folder.resolve(FOLDER), StoredSecret.class, StoredSecret::id);
    this.arnPrefix = "arn:aws:secretsmanager:%s:%s:secret:".formatted(region, account);
    this.clock = clock;
  }

  Clock clock() {
    return clock;
  }

  String region() {
    return arnPrefix.split(":")[3];
  }

  /// Whether an engine with this memory ever kept a secret.
  public static boolean isIn(Path folder) {
    return Files.isDirectory(folder.resolve(FOLDER));
  }

  /// Runs a look-and-change with no other change in between.
  <T> T changing(Supplier<T> change) {
    changing.lock();
    try {
      return change.get();
    } finally {
      changing.unlock();
    }
  }

  /// All that are not gone; one whose recovery window has passed is.
  List<StoredSecret> all() {
    var now = clock.instant();
    return secrets.all().stream()
        .filter(each -> !each.isDeleted() || each.settings().deletedDate().isAfter(now))
        .toList();
  }

  /// By name, ARN or the ARN's beginning; also one that is marked for deletion.
  StoredSecret find(String nameOrArn) {
    SecretRules.required("secretId", nameOrArn);
    return all().stream()
        .filter(each -> each.isCalled(nameOrArn))
        .findFirst()
        .orElseThrow(() ->
            SecretsFault.RESOURCE_NOT_FOUND.with(
                "Secrets Manager can't find the specified secret."));
  }

  boolean has(String nameOrArn) {
    SecretRules.required("secretId", nameOrArn);
    return all().stream().anyMatch(each -> each.isCalled(nameOrArn));
  }

  StoredSecret live(String nameOrArn) {
    var secret = find(nameOrArn);
    if (secret.isDeleted()) {
      throw SecretsFault.INVALID_REQUEST.with(
          "You can't perform this operation on the secret because it was marked for deletion.");
    }
    return secret;
  }

  StoredSecret put(StoredSecret secret) {
    purge();
    secrets.put(secret);
    return secret;
  }

  void remove(StoredSecret secret) {
    purge();
    secrets.remove(secret.id());
  }

  private void purge() {
    var kept = all();
    secrets.all().stream()
        .filter(each -> !kept.contains(each))
        .forEach(each -> secrets.remove(each.id()));
  }

  /// A secret without a value, not yet kept.
  StoredSecret fresh(String name, UnaryOperator<DescribeSecretResponse.Builder> settings) {
    var arn = arnPrefix + name + "-" + suffix();
    var now = clock.instant();
    var described =
        DescribeSecretResponse.builder().arn(arn).name(name).createdDate(now).lastChangedDate(now);
    return new StoredSecret(
        UUID.randomUUID().toString(), settings.apply(described).build(), List.of(), Map.of());
  }

  /// The six random characters of an ARN.
  private static String suffix() {
    var suffix = new StringBuilder();
    RANDOM.ints(6, 0, LETTERS.length()).forEach(i -> suffix.append(LETTERS.charAt(i)));
    return suffix.toString();
  }

  GetSecretValueResponse version(
      StoredSecret secret, String versionId, String text, SdkBytes binary) {
    return GetSecretValueResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(versionId)
        .secretString(text)
        .secretBinary(binary)
        .createdDate(clock.instant())
        .build();
  }
}
