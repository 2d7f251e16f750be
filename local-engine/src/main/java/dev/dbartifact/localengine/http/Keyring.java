package dev.dbartifact.localengine.http;

import dev.dbartifact.localengine.wire.Caller;
import dev.dbartifact.localengine.wire.ProtocolFault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The keys that may sign: the engine's own, and those of sessions.
///
/// A session is not remembered: its token says what it is, and is sealed with the engine's key. So
/// sessions outlive a restart and end by themselves.
public final class Keyring {

  private static final String SEPARATOR = "\n";

  private final AccessKey root;
  private final Caller owner;
  private final Clock clock;

  /// @param owner whom the engine's own key stands for
  public Keyring(AccessKey root, Caller owner, Clock clock) {
    this.root = root;
    this.owner = owner;
    this.clock = clock;
  }

  /// A key that signs for a while.
  ///
  /// @param token what requests must carry in the header X-Amz-Security-Token
  public record Session(AccessKey key, String token, Instant expiration) {}

  /// Opens a session.
  public Session open(Caller caller, Instant expiration) {
    var id = AccessKey.generate().id().replaceFirst("LKIA", "LSIA");
    var content =
        String.join(
            SEPARATOR,
            id,
            Long.toString(expiration.getEpochSecond()),
            caller.arn(),
            caller.userId());
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    var seal = seal("token", bytes);
    var token = new byte[seal.length + bytes.length];
    System.arraycopy(seal, 0, token, 0, seal.length);
    System.arraycopy(bytes, 0, token, seal.length, bytes.length);
    return new Session(key(id), Base64.getEncoder().encodeToString(token), expiration);
  }

  /// The key of that name, or the fault that AWS answers.
  Credential find(String keyId, Optional<String> token) {
    if (token.isEmpty()) {
      if (!keyId.equals(root.id())) {
        throw invalid();
      }
      return new Credential(root, owner);
    }
    var parts = opened(token.get()).split(SEPARATOR);
    if (parts.length != 4 || !parts[0].equals(keyId)) {
      throw invalid();
    }
    if (!clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts[1])))) {
      throw ProtocolFault.EXPIRED_TOKEN.with(
          "The security token included in the request is expired");
    }
    return new Credential(key(keyId), new Caller(parts[2], parts[3], true));
  }

  private String opened(String token) {
    var bytes = decoded(token);
    var size = seal("token", new byte[0]).length;
    if (bytes.length < size) {
      throw invalid();
    }
    var seal = java.util.Arrays.copyOf(bytes, size);
    var content = java.util.Arrays.copyOfRange(bytes, size, bytes.length);
    if (!MessageDigest.isEqual(seal, seal("token", content))) {
      throw invalid();
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  private static byte[] decoded(String token) {
    try {
      return Base64.getDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private AccessKey key(String id) {
    var secret = seal("secret", id.getBytes(StandardCharsets.UTF_8));
    return new AccessKey(id, Base64.getEncoder().encodeToString(secret).substring(0, 40));
  }

  private byte[] seal(String purpose, byte[] content) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec((purpose + root.secret()).getBytes(StandardCharsets.UTF_8), "x"));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HmacSHA256", e);
    }
  }

  private static RuntimeException invalid() {
    return ProtocolFault.INVALID_CLIENT_TOKEN_ID.with(
        "The security token included in the request is invalid. (The local engine has keys of its"
            + " own: eval \"$(db-artifact-local env)\" sets them.)");
  }
}
