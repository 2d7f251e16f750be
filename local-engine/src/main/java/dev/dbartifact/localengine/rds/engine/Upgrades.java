package dev.dbartifact.localengine.rds.engine;

import dev.dbartifact.localengine.rds.request.RdsFault;

/// Which version may follow which. The server behind the minor versions of one major version is the
/// same, so that an upgrade to a later one is a word and a restart; the files of another major
/// version would have to be converted.
///
/// See `EngineVersion` and `AllowMajorVersionUpgrade` of ModifyDBInstance and ModifyDBCluster in
/// the API Reference.
public final class Upgrades {

  private final Versions versions;

  public Upgrades(Versions versions) {
    this.versions = versions;
  }

  /// The version that a request leads to; the present one where it asks for none.
  ///
  /// @param wanted null, a version, or a major version alone, whose default counts if the present
  ///   one is older
  /// @param majorAllowed whether the request allows for another major version
  public EngineVersion target(EngineVersion from, String wanted, Boolean majorAllowed) {
    if (wanted == null || wanted.equals(from.number())) {
      return from;
    }
    var to = versions.choose(from.engine(), wanted);
    if (!to.major().equals(from.major())) {
      throw otherMajor(from, to, Boolean.TRUE.equals(majorAllowed));
    }
    if (from.isBefore(to)) {
      return to;
    }
    if (wanted.equals(from.major()) || to.equals(from)) {
      return from;
    }
    throw refused(from, to, "");
  }

  /// The version of a DB cluster that is restored from a snapshot: the default of its major version
  /// where none is asked for, but never an earlier one. See `EngineVersion` of
  /// RestoreDBClusterFromSnapshot in the API Reference.
  public EngineVersion restored(EngineVersion from, String wanted) {
    return target(from, wanted == null ? from.major() : wanted, true);
  }

  private static RuntimeException otherMajor(
      EngineVersion from, EngineVersion to, boolean allowed) {
    var newer = OfferedNumbers.NEWEST.compare(to.number(), from.number()) < 0;
    if (newer && !allowed) {
      return RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major"
              + " version.");
    }
    return refused(
        from,
        to,
        newer
            ? " (The local engine changes no major versions: it has no pg_upgrade, nor a MariaDB of"
                + " two series. Dump the data, and load them into a new one.)"
            : "");
  }

  private static RuntimeException refused(EngineVersion from, EngineVersion to, String why) {
    return RdsFault.INVALID_PARAMETER_COMBINATION.with(
        "Cannot upgrade %s from %s to %s%s",
        from.engine().title(), from.number(), to.number(), why);
  }
}
