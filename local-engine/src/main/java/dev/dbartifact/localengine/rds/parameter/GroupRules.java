package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.Locale;

/// What holds of DB cluster and DB parameter groups alike.
record GroupRules(Versions versions) {

  /// The name that a new group is to have.
  ///
  /// @param parameter of the request, that has it
  static String name(String parameter, String asked) {
    return Rules.groupIdentifier(parameter, asked);
  }

  /// Whatever letters are capital: the example of `create-db-parameter-group` in the AWS CLI
  /// Command Reference asks for `MySQL5.6`, and gets `mysql5.6`.
  String family(String asked) {
    var family = Rules.required("DBParameterGroupFamily", asked).toLowerCase(Locale.ROOT);
    requireFamily(family);
    return family;
  }

  void requireFamily(String family) {
    if (!versions.isFamily(Rules.required("DBParameterGroupFamily", family))) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "ParameterGroupFamily %s is not a valid parameter group family", family);
    }
  }

  static void requireSameFamily(String name, String family, EngineVersion version) {
    if (!family.equals(version.family())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The Parameter Group %s with DBParameterGroupFamily %s cannot be used for this instance."
              + " Please use a Parameter Group with DBParameterGroupFamily %s",
          name, family, version.family());
    }
  }

  static RuntimeException exists(String name) {
    return RdsFault.PARAMETER_GROUP_ALREADY_EXISTS.with("Parameter group %s already exists", name);
  }

  static void refuseDefault(String group, String how) {
    if (ParameterGroups.isDefault(group)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "%s is a default parameter group and cannot be %s", group, how);
    }
  }

  static void refuseUsed(String group, String user) {
    throw RdsFault.INVALID_PARAMETER_GROUP_STATE.with(
        "One or more database instances are still members of this parameter group %s, so the group"
            + " cannot be deleted (%s)",
        group, user);
  }
}
