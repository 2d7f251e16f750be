package dev.dbartifact.localengine.sts;

import dev.dbartifact.localengine.http.Keyring;
import dev.dbartifact.localengine.wire.Caller;
import dev.dbartifact.localengine.wire.Honours;
import dev.dbartifact.localengine.wire.ServiceFault;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/// The little of STS that is needed: who am I, and keys for a while.
///
/// Policies are not evaluated: a session may do what its opener may. Every well-formed role of the
/// account can be assumed, whether IAM knows it or not.
public final class LocalSts implements StsClient {

  private static final int HOUR = 3600;
  private static final Pattern ROLE =
      Pattern.compile("arn:aws:iam::([0-9]{12}):role/(?:[^ ]*/)?([\\w+=,.@-]{1,64})");

  private final String account;
  private final Keyring keys;
  private final Clock clock;
  private final ToIntFunction<String> longest;

  /// @param account 12 digits
  /// @param longest how many seconds a session of the role with a name may last
  public LocalSts(String account, Keyring keys, Clock clock, ToIntFunction<String> longest) {
    this.account = account;
    this.keys = keys;
    this.clock = clock;
    this.longest = longest;
  }

  /// The one user there is.
  ///
  /// @param name of the account on this machine
  public static Caller user(String account, String name) {
    // IAM user names hold letters, digits and + = , . @ _ -
    var legal = name.replaceAll("[^A-Za-z0-9+=,.@_-]", "-");
    return new Caller(
        "arn:aws:iam::%s:user/%s".formatted(account, legal), "AIDALOCALENGINEUSER00", false);
  }

  @Override
  @Honours({})
  public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
    var caller = Caller.CURRENT.get();
    return GetCallerIdentityResponse.builder()
        .account(account)
        .userId(caller.userId())
        .arn(caller.arn())
        .build();
  }

  @Override
  @Honours(
      value = {"RoleArn", "RoleSessionName", "DurationSeconds", "ExternalId"},
      kept = {"ExternalId"},
      differs = "Every role of the account can be assumed, and nothing is denied to it.")
  public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
    var role = ROLE.matcher(required("roleArn", request.roleArn()));
    if (!role.matches()) {
      throw fault("ValidationError", 400, request.roleArn() + " is invalid");
    }
    var name = required("roleSessionName", request.roleSessionName());
    requireForm("roleSessionName", name, "[\\w+=,.@-]{2,64}");
    var seconds = duration(request.durationSeconds(), HOUR, 900, 12 * HOUR);
    if (!role.group(1).equals(account)) {
      throw fault(
          "AccessDenied",
          403,
          "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
              .formatted(Caller.CURRENT.get().arn(), request.roleArn()));
    }
    requireShort(seconds, role.group(2));
    var session =
        new Caller(
            "arn:aws:sts::%s:assumed-role/%s/%s".formatted(account, role.group(2), name),
            RoleIds.of(request.roleArn()) + ":" + name,
            true);
    return AssumeRoleResponse.builder()
        .credentials(open(session, seconds))
        .assumedRoleUser(
            AssumedRoleUser.builder().arn(session.arn()).assumedRoleId(session.userId()).build())
        .build();
  }

  /// "If you assume a role using role chaining and provide a DurationSeconds parameter value
  /// greater than one hour, the operation fails" (AssumeRole in the API model).
  private void requireShort(int seconds, String role) {
    if (Caller.CURRENT.get().isRole() && seconds > HOUR) {
      throw fault(
          "ValidationError",
          400,
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining");
    }
    if (seconds > longest.applyAsInt(role)) {
      throw fault(
          "ValidationError",
          400,
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
  }

  @Override
  @Honours(
      value = {"DurationSeconds"},
      differs = "Nothing is denied to the session.")
  public GetSessionTokenResponse getSessionToken(GetSessionTokenRequest request) {
    var caller = Caller.CURRENT.get();
    if (caller.isTemporary()) {
      throw fault("AccessDenied", 403, "Cannot call GetSessionToken with session credentials");
    }
    var seconds = duration(request.durationSeconds(), 12 * HOUR, 900, 36 * HOUR);
    return GetSessionTokenResponse.builder().credentials(open(caller, seconds)).build();
  }

  private Credentials open(Caller caller, int seconds) {
    var expiration = clock.instant().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
    var session = keys.open(caller, expiration);
    return Credentials.builder()
        .accessKeyId(session.key().id())
        .secretAccessKey(session.key().secret())
        .sessionToken(session.token())
        .expiration(session.expiration())
        .build();
  }

  private static int duration(Integer wanted, int standard, int least, int most) {
    if (wanted != null && (wanted < least || wanted > most)) {
      var bound =
          wanted < least ? "greater than or equal to " + least : "less than or equal to " + most;
      throw invalid(wanted.toString(), "durationSeconds", "Member must have value " + bound);
    }
    return wanted == null ? standard : wanted;
  }

  private static String required(String name, String value) {
    if (value == null) {
      throw fault(
          "ValidationError",
          400,
          "1 validation error detected: Value null at '%s' failed to satisfy constraint: Member must"
                  .formatted(name)
              + " not be null");
    }
    return value;
  }

  private static void requireForm(String name, String value, String pattern) {
    if (!value.matches(pattern)) {
      throw invalid(
          value,
          name,
          "Member must satisfy regular expression pattern: [\\w+=,.@-]*, 2 to 64 long");
    }
  }

  private static RuntimeException invalid(String value, String name, String wanted) {
    return fault(
        "ValidationError",
        400,
        "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s"
            .formatted(value, name, wanted));
  }

  private static RuntimeException fault(String code, int status, String message) {
    return ServiceFault.of(StsException.builder(), code, status, message);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
