package dev.dbartifact.localengine.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.server.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.RotationRulesType;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/// The secrets in which RDS keeps master passwords that it manages (ManageMasterUserPassword):
/// `rds!cluster-…` with `{"username":…,"password":…}`.
///
/// See "Password management with Amazon RDS and AWS Secrets Manager" in the Aurora User Guide.
public final class MasterSecrets {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Printable, without those that RDS refuses in a password: / " @ and space.
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&()*+-.:;<=>?[]^_{|}~";

  private static final int PASSWORD_LENGTH = 32;

  private static final int ROTATION_DAYS = 7;

  private final Vault vault;
  private volatile Owner owner =
      (secretArn, password, done) -> {
        throw SecretsFault.INVALID_REQUEST.with("Nothing uses the secret %s.", secretArn);
      };

  public MasterSecrets(Vault vault) {
    this.vault = vault;
  }

  /// Whose password a secret holds.
  @FunctionalInterface
  public interface Owner {
    /// Begins to change the password of the database that uses the secret.
    ///
    /// @param done to be run when logins work with it
    void changePassword(String secretArn, Secret password, Runnable done);
  }

  /// Says who changes passwords when a secret is rotated.
  public void ownedBy(Owner newOwner) {
    owner = newOwner;
  }

  /// Which kind of resource of RDS a password belongs to.
  public enum Kind {
    CLUSTER("rds!cluster-", "aws:rds:primaryDBClusterArn", "DB cluster"),
    INSTANCE("rds!db-", "aws:rds:primaryDBInstanceArn", "DB instance");

    private final String prefix;
    private final String tag;
    private final String words;

    Kind(String prefix, String tag, String words) {
      this.prefix = prefix;
      this.tag = tag;
      this.words = words;
    }
  }

  /// A password that RDS could have made.
  public static Secret newPassword() {
    var password = new StringBuilder();
    RANDOM
        .ints(PASSWORD_LENGTH, 0, LETTERS.length())
        .forEach(i -> password.append(LETTERS.charAt(i)));
    return new Secret(password.toString());
  }

  /// Makes the secret of a database.
  ///
  /// @param resourceArn of the cluster or instance
  /// @param kmsKeyId null for the account's own key
  /// @return the ARN of the secret
  public String create(
      Kind kind, String resourceArn, String user, Secret password, String kmsKeyId) {
    var now = vault.clock().instant();
    var tags = List.of(tag("aws:secretsmanager:owningService", "rds"), tag(kind.tag, resourceArn));
    var secret =
        vault.fresh(
            kind.prefix + UUID.randomUUID(),
            to ->
                to.description(
                        "Secret associated with primary RDS %s: %s"
                            .formatted(kind.words, resourceArn))
                    .kmsKeyId(kmsKeyId)
                    .owningService("rds")
                    .rotationEnabled(true)
                    .rotationRules(rules())
                    .lastRotatedDate(now)
                    .nextRotationDate(RotationSchedule.next(rules(), now))
                    .tags(tags));
    var version = vault.version(secret, UUID.randomUUID().toString(), json(user, password), null);
    vault.changing(() -> vault.put(secret.add(version, List.of(StoredSecret.CURRENT))));
    return secret.arn();
  }

  private static RotationRulesType rules() {
    return RotationRulesType.builder().automaticallyAfterDays((long) ROTATION_DAYS).build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static String json(String user, Secret password) {
    var content = new LinkedHashMap<String, String>();
    content.put("username", user);
    content.put("password", password.reveal());
    try {
      return JSON.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Could not write a secret as JSON", e);
    }
  }

  /// Begins to change the password and the secret. The new version is AWSPENDING until logins work
  /// with it, and then AWSCURRENT. Asked for again, the same version is not made twice: a change
  /// that is over stays so, and one that is not begins again, since the first try may have broken
  /// off.
  ///
  /// @param versionId of the new version
  public void rotate(String secretArn, String versionId) {
    if (vault.changing(() -> stage(vault.live(secretArn), versionId))) {
      begin(secretArn);
    }
  }

  /// Begins to use what is staged.
  void begin(String secretArn) {
    CrashPoint.SECRET_STAGED.reached();
    resume(secretArn);
  }

  /// Whether a new password is to be used, and is in the secret then.
  boolean stage(StoredSecret secret, String versionId) {
    var there = secret.version(versionId);
    if (there.isPresent()) {
      return there.get().versionStages().contains(StoredSecret.PENDING);
    }
    var version = vault.version(secret, versionId, json(user(secret), newPassword()), null);
    vault.put(secret.add(version, List.of(StoredSecret.PENDING)));
    return true;
  }

  private static String user(StoredSecret secret) {
    return read(secret, StoredSecret.CURRENT, "username");
  }

  private static String read(StoredSecret secret, String stage, String key) {
    var content = secret.staged(stage).orElseThrow().secretString();
    try {
      return JSON.readValue(content, Map.class).get(key).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The secret " + secret.name() + " holds no JSON");
    }
  }

  /// Whether a new password waits to be used.
  public boolean isRotating(String secretArn) {
    return vault.changing(() -> vault.live(secretArn).staged(StoredSecret.PENDING).isPresent());
  }

  /// Begins again to change the password to that which the secret holds: the engine was stopped
  /// while it was being changed.
  public void resume(String secretArn) {
    var secret = vault.changing(() -> vault.live(secretArn));
    var pending = secret.staged(StoredSecret.PENDING);
    if (pending.isPresent()) {
      var versionId = pending.get().versionId();
      var password = new Secret(read(secret, StoredSecret.PENDING, "password"));
      owner.changePassword(secretArn, password, () -> finish(secretArn, versionId));
    } else {
      var password = new Secret(read(secret, StoredSecret.CURRENT, "password"));
      owner.changePassword(secretArn, password, () -> {});
    }
  }

  private void finish(String secretArn, String versionId) {
    var now = vault.clock().instant();
    vault.changing(() -> {
      var current = vault.live(secretArn).move(StoredSecret.CURRENT, versionId);
      var rules = current.settings().rotationRules();
      return vault.put(notPending(current, versionId).with(to -> rotated(to, rules, now)));
    });
  }

  /// Another one may have been asked for meanwhile, which still is.
  private static StoredSecret notPending(StoredSecret secret, String versionId) {
    return secret
        .staged(StoredSecret.PENDING)
        .filter(each -> each.versionId().equals(versionId))
        .map(_ -> secret.move(StoredSecret.PENDING, null))
        .orElse(secret);
  }

  private static DescribeSecretResponse.Builder rotated(
      DescribeSecretResponse.Builder to, RotationRulesType rules, Instant now) {
    return to.lastRotatedDate(now)
        .lastChangedDate(now)
        .nextRotationDate(RotationSchedule.next(rules, now));
  }

  /// Removes the secrets of databases that are not there.
  public void deleteAllBut(Set<String> secretArns) {
    vault.changing(() -> {
      vault.all().stream()
          .filter(each -> "rds".equals(each.settings().owningService()))
          .filter(each -> !secretArns.contains(each.arn()))
          .forEach(vault::remove);
      return null;
    });
  }

  /// Removes the secret at once, as RDS does with the database. Idempotent.
  public void delete(String secretArn) {
    vault.changing(() -> {
      vault.all().stream().filter(each -> each.arn().equals(secretArn)).forEach(vault::remove);
      return null;
    });
  }
}
