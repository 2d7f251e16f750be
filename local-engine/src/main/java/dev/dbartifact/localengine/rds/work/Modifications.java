package dev.dbartifact.localengine.rds.work;

import dev.dbartifact.localengine.rds.record.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;

/// What events tell of the changes of an instance, in the words of "Amazon RDS event categories and
/// event messages" in the Amazon RDS User Guide. Pure.
///
/// @param instance as it is afterwards, which the events are of
/// @param begun when the changes are being made
/// @param finished when they have been made
record Modifications(Instance instance, List<String> begun, List<String> finished) {

  static Modifications none(Instance instance) {
    return new Modifications(instance, new ArrayList<>(), new ArrayList<>());
  }

  static Modifications between(Instance before, Instance after) {
    var told = none(after);
    told.collect(before.settings(), after.settings());
    return told;
  }

  private void collect(DBInstance was, DBInstance is) {
    if (!Objects.equals(was.dbInstanceClass(), is.dbInstanceClass())) {
      begun.add("Applying modification to database instance class.");
      finished.add("Finished applying modification to DB instance class.");
    }
    if (!Objects.equals(was.allocatedStorage(), is.allocatedStorage())) {
      addBoth("allocated storage.");
    }
    if (!Objects.equals(was.multiAZ(), is.multiAZ())) {
      addBoth(
          Boolean.TRUE.equals(is.multiAZ())
              ? "convert to a Multi-AZ DB instance."
              : "convert to a standard (Single-AZ) DB instance.");
    }
    var group = group(is);
    if (!group.equals(group(was))) {
      // It is the instance's at once; its values count from the next reboot on.
      begun.add("Updated to use DBParameterGroup " + group);
    }
  }

  private void addBoth(String what) {
    begun.add("Applying modification to " + what);
    finished.add("Finished applying modification to " + what);
  }

  private static String group(DBInstance of) {
    return of.dbParameterGroups().stream()
        .map(DBParameterGroupStatus::dbParameterGroupName)
        .findFirst()
        .orElse("");
  }
}
