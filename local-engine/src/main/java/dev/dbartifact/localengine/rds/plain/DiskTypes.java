package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.Locale;

/// How large disks of a type are, and how fast they can be. Pure.
///
/// See "Amazon RDS DB instance storage" in the Amazon RDS User Guide.
public final class DiskTypes {

  /// From this size on, disks of type gp3 are striped, and are faster without asking.
  static final int STRIPED = 400;

  /// What a smaller one of type gp3 has; throughput is in MiB/s.
  public static final int GENERAL_IOPS = 3000;

  public static final int GENERAL_THROUGHPUT = 125;

  /// What a striped one has without asking, and what it can have.
  static final int STRIPED_IOPS = 12000;

  static final int STRIPED_THROUGHPUT = 500;
  public static final int MOST_STRIPED_IOPS = 64000;
  public static final int MOST_THROUGHPUT = 4000;

  /// Of types whose IOPS are provisioned.
  public static final int LEAST_IOPS = 1000;

  public static final int MOST_IOPS = 256000;
  public static final double LEAST_IOPS_PER_GIB = 0.5;

  static final int MOST_GIB = 65536;
  private static final int LEAST_PROVISIONED_GIB = 100;

  private DiskTypes() {}

  static int smallest(String type) {
    return switch (type) {
      case "io1", "io2" -> LEAST_PROVISIONED_GIB;
      case "standard" -> 5;
      default -> 20;
    };
  }

  static int largest(String type) {
    return type.equals("standard") ? 3072 : MOST_GIB;
  }

  /// Of types whose IOPS are provisioned.
  public static double mostIopsPerGib(String type) {
    return type.equals("io2") ? 1000 : 50;
  }

  static void requireSize(Engine engine, String type, int gib) {
    if (gib < smallest(type) || gib > largest(type)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Invalid storage size for engine name %s and storage type %s: %d",
          engine.title(), type, gib);
    }
  }

  /// See `Iops` of CreateDBInstance in the API Reference. The words are AWS's.
  static void requireRatio(Engine engine, String type, int gib, int iops) {
    var ratio = (double) iops / gib;
    if (ratio < LEAST_IOPS_PER_GIB || ratio > mostIopsPerGib(type)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Invalid iops to storage (GB) ratio for engine name %s and storage type %s: %s",
          engine.title(), type, String.format(Locale.ROOT, "%.4f", ratio));
    }
  }
}
