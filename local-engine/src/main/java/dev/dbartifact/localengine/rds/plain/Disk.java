package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.List;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Range;
import software.amazon.awssdk.services.rds.model.ValidStorageOptions;

/// The disk that a plain instance says to have; here all of them share the machine's. Pure.
///
/// See "Amazon RDS DB instance storage" in the Amazon RDS User Guide.
///
/// @param gib how large it is
/// @param iops null where the type has no such setting
/// @param throughput in MiB/s, null where the type has no such setting
record Disk(String type, int gib, Integer iops, Integer throughput) {

  private static final int MOST_GIB = 65536;
  private static final int LEAST_PROVISIONED_GIB = 100;

  /// From this size on, disks of type gp3 are striped, and are faster without asking.
  private static final int STRIPED = 400;

  /// What a request asks for; defaults for what it does not say.
  static Disk of(Engine engine, String type, Integer gib, Integer iops, Integer throughput) {
    if (gib == null) {
      throw RdsFault.MISSING_PARAMETER.with("The request must contain the parameter %s.", SIZE);
    }
    Rules.oneOf("StorageType", type, "gp2", "gp3", "io1", "io2", "standard");
    return sized(engine, type, gib, orNull(iops), orNull(throughput));
  }

  /// Zero stands for nothing: Terraform sends it for types without such a setting.
  private static Integer orNull(Integer value) {
    return value == null || value == 0 ? null : value;
  }

  private static Disk sized(Engine engine, String type, int gib, Integer iops, Integer throughput) {
    var kind = type != null ? type : iops != null ? "io1" : "gp3";
    var disk =
        switch (kind) {
          case "gp3" -> generalPurpose(engine, gib, iops, throughput);
          case "io1", "io2" -> provisioned(kind, gib, iops, throughput);
          default -> simple(kind, gib, iops, throughput);
        };
    requireSize(engine, kind, gib);
    return disk;
  }

  private static final String SIZE = "AllocatedStorage";

  private static void requireSize(Engine engine, String type, int gib) {
    if (gib < smallest(type) || gib > largest(type)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Invalid storage size for engine name %s and storage type %s: %d",
          engine.title(), type, gib);
    }
  }

  private static int smallest(String type) {
    return switch (type) {
      case "io1", "io2" -> LEAST_PROVISIONED_GIB;
      case "standard" -> 5;
      default -> 20;
    };
  }

  static int largest(String type) {
    return type.equals("standard") ? 3072 : MOST_GIB;
  }

  /// What a disk of that type may be where there is one of this size: the same, or a tenth larger.
  static ValidStorageOptions options(String type, int gib) {
    var next = (int) Math.ceil(gib * 1.1);
    var builder = ValidStorageOptions.builder().storageType(type);
    builder.storageSize(
        gib < smallest(type)
            ? List.of(range(smallest(type), largest(type)))
            : List.of(range(gib, gib), range(next, largest(type))));
    return switch (type) {
      case "gp3" ->
          builder
              .provisionedIops(range(12000, 64000))
              .provisionedStorageThroughput(range(500, 4000))
              .supportsStorageAutoscaling(true)
              .build();
      case "io1", "io2" ->
          builder.provisionedIops(range(1000, 256000)).supportsStorageAutoscaling(true).build();
      default -> builder.supportsStorageAutoscaling(true).build();
    };
  }

  private static Range range(int from, int to) {
    return Range.builder().from(from).to(to).step(1).build();
  }

  private static Disk generalPurpose(Engine engine, int gib, Integer iops, Integer throughput) {
    if (gib >= STRIPED) {
      return new Disk(
          "gp3",
          gib,
          within("Iops", iops == null ? 12000 : iops, 12000, 64000),
          within("StorageThroughput", throughput == null ? 500 : throughput, 500, 4000));
    }
    var asked = iops != null && iops != 3000 || throughput != null && throughput != 125;
    if (asked) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "You can't specify IOPS or storage throughput for engine %s and a storage size less than"
              + " %d. (Iops %s, StorageThroughput %s)",
          engine.title(), STRIPED, iops, throughput);
    }
    return new Disk("gp3", gib, 3000, 125);
  }

  private static Disk provisioned(String type, int gib, Integer iops, Integer throughput) {
    refuse("StorageThroughput", throughput, type);
    if (iops == null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The parameter Iops must be given for the storage type %s.", type);
    }
    return new Disk(type, gib, within("Iops", iops, 1000, 256000), null);
  }

  private static Disk simple(String type, int gib, Integer iops, Integer throughput) {
    refuse("Iops", iops, type);
    refuse("StorageThroughput", throughput, type);
    return new Disk(type, gib, null, null);
  }

  private static int within(String parameter, int value, int least, int most) {
    if (value < least || value > most) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Invalid value %d for %s. Must be between %d and %d.", value, parameter, least, most);
    }
    return value;
  }

  private static void refuse(String parameter, Integer value, String type) {
    if (value != null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The parameter %s cannot be given for the storage type %s.", parameter, type);
    }
  }

  /// What an instance may grow to by itself, which here it never does.
  ///
  /// @param most null where nothing is said
  void requireRoomToGrow(Integer most) {
    if (most != null && most <= gib) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Max storage size must be greater than storage size: MaxAllocatedStorage is %d, and"
              + " AllocatedStorage %d.",
          most, gib);
    }
    if (most != null && most > MOST_GIB) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Invalid max storage size: MaxAllocatedStorage is %d, and must be at most %d.",
          most, MOST_GIB);
    }
  }

  DBInstance.Builder describe(DBInstance.Builder builder) {
    return builder.storageType(type).allocatedStorage(gib).iops(iops).storageThroughput(throughput);
  }
}
