package dev.dbartifact.localengine.wire;

import java.util.Objects;

/// Who signed the request that is being answered.
///
/// @param arn such as `arn:aws:iam::000000000000:user/ada`
/// @param userId such as `AIDA…`, or `AROA…:session` for a role
public record Caller(String arn, String userId) {

  /// Bound while a service answers.
  public static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

  public Caller {
    Objects.requireNonNull(arn, "arn");
    Objects.requireNonNull(userId, "userId");
  }
}
