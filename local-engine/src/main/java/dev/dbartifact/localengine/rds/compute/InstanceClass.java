package dev.dbartifact.localengine.rds.compute;

import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfigurationInfo;

/// What an instance of a class has to itself on AWS. Here it has what the machine has; formulas of
/// parameters count with the class.
///
/// See "Hardware specifications for DB instance classes" in the RDS and the Aurora User Guide: the
/// sizes of a family double from one to the next.
///
/// @param memory in bytes
/// @param cpus virtual ones
record InstanceClass(long memory, int cpus) {

  private static final long GIB = 1L << 30;
  private static final Pattern NAME =
      Pattern.compile("db\\.([a-z])[a-z0-9]*\\.(micro|small|medium|large|([0-9]*)xlarge)");

  /// GiB of the size xlarge, by the letter of the family.
  private static final Map<String, Integer> OF_XLARGE =
      Map.of("c", 8, "m", 16, "r", 32, "t", 16, "x", 64, "z", 32);

  /// An Aurora capacity unit has two GiB; see "Aurora Serverless v2 capacity".
  private static final long CAPACITY_UNIT = 2 * GIB;

  private static final InstanceClass UNKNOWN = new InstanceClass(16 * GIB, 2);

  /// @param serverless null for a cluster without
  static InstanceClass of(String name, ServerlessV2ScalingConfigurationInfo serverless) {
    if ("db.serverless".equals(name) && serverless != null) {
      var units = serverless.maxCapacity();
      return new InstanceClass((long) (units * CAPACITY_UNIT), Math.max(1, (int) (units / 4)));
    }
    var found = NAME.matcher(String.valueOf(name));
    if (!found.matches() || !OF_XLARGE.containsKey(found.group(1))) {
      return UNKNOWN;
    }
    var size = sixteenths(found.group(2), found.group(3));
    var gibs = (long) OF_XLARGE.get(found.group(1)) * size;
    return new InstanceClass(gibs * GIB / 16, Math.max(2, size / 4));
  }

  /// Of the size xlarge.
  private static int sixteenths(String size, String times) {
    return switch (size) {
      case "micro" -> 1;
      case "small" -> 2;
      case "medium" -> 4;
      case "large" -> 8;
      default -> 16 * (times.isEmpty() ? 1 : Integer.parseInt(times));
    };
  }
}
