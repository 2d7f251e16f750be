package dev.dbartifact.localengine.rds.engine;

import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.server.ServerKind;
import java.util.function.BiPredicate;

/// Which version may follow which. The server behind the minor versions of one major version is the
/// same, so that an upgrade to a later one is a word and a restart; the data of another major
/// version have to be brought to it.
///
/// See `EngineVersion` and `AllowMajorVersionUpgrade` of ModifyDBInstance and ModifyDBCluster in
/// the API Reference.
public final class Upgrades {

  private final Versions versions;
  private final BiPredicate<String, String> way;

  /// @param way whether the data of one server of PostgreSQL can be brought to another, by their
  ///   versions
  public Upgrades(Versions versions, BiPredicate<String, String> way) {
    this.versions = versions;
    this.way = way;
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
    if (to.major().equals(from.major())) {
      return minor(from, wanted, to);
    }
    if (!isNewer(from, to)) {
      throw refused(from, to, "");
    }
    if (!Boolean.TRUE.equals(majorAllowed)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major"
              + " version.");
    }
    if (!leads(from, to)) {
      throw refused(from, to, missing(from));
    }
    return to;
  }

  /// The version of a snapshot that is upgraded, whose data stay what they are.
  public EngineVersion ofSnapshot(EngineVersion from, String wanted) {
    if (wanted == null || wanted.equals(from.number())) {
      return from;
    }
    var to = versions.choose(from.engine(), wanted);
    if (to.major().equals(from.major())) {
      return minor(from, wanted, to);
    }
    throw refused(
        from,
        to,
        isNewer(from, to)
            ? " (The local engine brings no snapshots to another major version. Restore it, and"
                + " upgrade what comes of it.)"
            : "");
  }

  /// The version of a DB cluster that is restored from a snapshot: the default of its major version
  /// where none is asked for, but never an earlier one. See `EngineVersion` of
  /// RestoreDBClusterFromSnapshot in the API Reference.
  public EngineVersion restored(EngineVersion from, String wanted) {
    return ofSnapshot(from, wanted == null ? from.major() : wanted);
  }

  /// Whether the one can be had by an upgrade of the other.
  public boolean isTarget(EngineVersion from, EngineVersion to) {
    return from.isBefore(to)
        || !from.major().equals(to.major()) && isNewer(from, to) && leads(from, to);
  }

  private EngineVersion minor(EngineVersion from, String wanted, EngineVersion to) {
    if (from.isBefore(to)) {
      return to;
    }
    if (wanted.equals(from.major()) || to.equals(from)) {
      return from;
    }
    throw refused(from, to, "");
  }

  private static boolean isNewer(EngineVersion from, EngineVersion to) {
    return OfferedNumbers.NEWEST.compare(to.number(), from.number()) < 0;
  }

  private boolean leads(EngineVersion from, EngineVersion to) {
    return from.engine().server() == ServerKind.POSTGRESQL
        && way.test(versions.server(from), versions.server(to));
  }

  private static String missing(EngineVersion from) {
    return from.engine().server() == ServerKind.POSTGRESQL
        ? " (The local engine needs pg_dump and pg_restore of a major version from the one to the"
            + " other for that, which Debian's packages postgresql-client-%s and later have.)"
                .formatted(from.major())
        : " (The local engine changes no major versions of %s. Dump the data, and load them into a"
            + " new one.)".formatted(from.engine().words());
  }

  private static RuntimeException refused(EngineVersion from, EngineVersion to, String why) {
    return RdsFault.INVALID_PARAMETER_COMBINATION.with(
        "Cannot upgrade %s from %s to %s%s",
        from.engine().title(), from.number(), to.number(), why);
  }
}
