package dev.dbartifact.localengine.rds.option;

import java.util.List;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.OptionGroupMembership;

/// In which option group an instance is, and in which it will be. Pure.
///
/// See OptionGroupMembership in the Amazon RDS API Reference, and `OptionGroupName` of
/// ModifyDBInstance: a change waits unless it is wanted at once.
public final class OptionMemberships {

  private static final String LEAVING = "pending-maintenance-removal";
  private static final String COMING = "pending-maintenance-apply";

  private OptionMemberships() {}

  /// Of an instance for which no change waits.
  public static List<OptionGroupMembership> of(String group) {
    return List.of(membership(group, "in-sync"));
  }

  /// The group that a described instance is in.
  public static String current(DBInstance described) {
    return described.optionGroupMemberships().getFirst().optionGroupName();
  }

  /// After a request.
  ///
  /// @param wanted null where the request names no group
  /// @param now whether changes that wait are made
  public static List<OptionGroupMembership> changed(
      List<OptionGroupMembership> before, String wanted, boolean now) {
    var current = before.getFirst().optionGroupName();
    var next = wanted == null ? before.getLast().optionGroupName() : wanted;
    return now || next.equals(current)
        ? of(next)
        : List.of(membership(current, LEAVING), membership(next, COMING));
  }

  private static OptionGroupMembership membership(String group, String status) {
    return OptionGroupMembership.builder().optionGroupName(group).status(status).build();
  }
}
