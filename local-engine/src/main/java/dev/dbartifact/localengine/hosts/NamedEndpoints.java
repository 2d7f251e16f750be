package dev.dbartifact.localengine.hosts;

import java.util.Objects;

/// The choice that endpoints have names as those of AWS.
///
/// @param account what stands in the names for account and Region, such as `c1sofdji2amj`
/// @param file that says where they lead
public record NamedEndpoints(String account, HostsFile file) {

  public static final String ACCOUNT_FORM = "[a-z][a-z0-9]{11}";

  public NamedEndpoints {
    Objects.requireNonNull(file, "file");
    if (!account.matches(ACCOUNT_FORM)) {
      throw new IllegalArgumentException("Not 12 letters and digits: '" + account + "'");
    }
  }
}
