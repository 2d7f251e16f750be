package dev.dbartifact.localengine.wire;

import java.util.Objects;

/// Who signed the request that is being answered.
///
/// @param arn such as `arn:aws:iam::000000000000:user/ada`
/// @param userId such as `AIDA…`, or `AROA…:session` for a role
/// @param isTemporary whether with the key of a session, which ends
public record Caller(String arn, String userId, boolean isTemporary) {

  /// Bound while a service answers.
  public static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

  public Caller {
    Objects.requireNonNull(arn, "arn");
    Objects.requireNonNull(userId, "userId");
  }

  /// Whether it is a session of a role.
  public boolean isRole() {
    return arn.contains(":assumed-role/");
  }
}
