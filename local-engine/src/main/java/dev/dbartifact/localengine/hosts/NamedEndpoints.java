package dev.dbartifact.localengine.hosts;

import java.util.List;
import java.util.Objects;

/// The choice that endpoints have names as those of AWS.
///
/// @param account what stands in the names for account and Region, such as `c1sofdji2amj`
/// @param file that says where they lead, as was asked for
/// @param own says the same in a folder where nothing else is, for containers that need it as a
///   mount: a file alone cannot be mounted, since it is replaced with each change
public record NamedEndpoints(String account, HostsFile file, HostsFile own) {

  public static final String ACCOUNT_FORM = "[a-z][a-z0-9]{11}";

  public NamedEndpoints {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(own, "own");
    if (!account.matches(ACCOUNT_FORM)) {
      throw new IllegalArgumentException("Not 12 letters and digits: '" + account + "'");
    }
  }

  public List<HostsFile> files() {
    return List.of(own, file);
  }
}
