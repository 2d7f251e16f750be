package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;

/// The disk that a plain instance says to have; here all of them share the machine's. Pure.
///
/// See "Amazon RDS DB instance storage" in the Amazon RDS User Guide.
///
/// @param gib how large it is
/// @param iops null where the type has no such setting
/// @param throughput in MiB/s, null where the type has no such setting
public record Disk(String type, int gib, Integer iops, Integer throughput) {

  /// The one of an instance.
  ///
  /// @param instance as it is or was described
  public static Disk of(DBInstance instance) {
    return new Disk(
        instance.storageType(),
        instance.allocatedStorage(),
        instance.iops(),
        instance.storageThroughput());
  }

  /// What a request asks for; defaults for what it does not say. Whether the IOPS suit the size is
  /// for [#requireRatio].
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
    DiskTypes.requireSize(engine, kind, gib);
    return disk;
  }

  /// Refuses IOPS that do not suit the size.
  ///
  /// @param before what it is made from, null for a new one: what an earlier engine took for an
  ///   instance is good for its copies and its other changes
  void requireRatio(Engine engine, Disk before) {
    if (isProvisioned(type) && !isProvisionedAs(before)) {
      DiskTypes.requireRatio(engine, type, gib, iops);
    }
  }

  private boolean isProvisionedAs(Disk other) {
    return other != null && type.equals(other.type) && gib == other.gib && iops.equals(other.iops);
  }

  private static final String SIZE = "AllocatedStorage";

  /// The least that a larger disk has: see `AllocatedStorage` of ModifyDBInstance in the API
  /// Reference. In whole numbers, since a tenth more than 100 is 110 and nothing above it.
  static int atLeastATenthMore(int gib) {
    return (gib * 11 + 9) / 10;
  }

  /// What this disk, which an instance has or is to have, becomes by a request to modify it.
  ///
  /// @param current how large the one is that it has
  Disk changed(Engine engine, ModifyDbInstanceRequest request, int current) {
    var wanted = request.storageType() == null ? type : request.storageType();
    var keeps = wanted.equals(type);
    if (keeps) {
      requireSizeAndIops(request);
    }
    var changed =
        of(
            engine,
            wanted,
            resized(request.allocatedStorage(), current),
            request.iops() == null && keeps ? chosen(iops) : request.iops(),
            request.storageThroughput() == null && keeps
                ? chosen(throughput)
                : request.storageThroughput());
    changed.requireRatio(engine, this);
    return changed;
  }

  private int resized(Integer wanted, int current) {
    if (wanted == null || wanted == gib) {
      return gib;
    }
    if (wanted < current) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Requested allocated storage cannot be less than current: %d, and it is %d.",
          wanted, current);
    }
    return wanted == current ? current : Math.max(wanted, atLeastATenthMore(current));
  }

  /// The words are AWS's.
  private void requireSizeAndIops(ModifyDbInstanceRequest request) {
    var size = request.allocatedStorage();
    var alone =
        size == null
            ? request.iops() != null && !request.iops().equals(iops)
            : request.iops() == null && size != gib;
    if (alone && isProvisioned(type)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "You must specify both the storage size and iops when modifying the storage size or iops"
              + " on a DB instance that has iops.");
    }
  }

  private static boolean isProvisioned(String type) {
    return type.equals("io1") || type.equals("io2");
  }

  /// A speed, unless it came with the size of the disk: then it follows that.
  private Integer chosen(Integer speed) {
    return type.equals("gp3") && gib < DiskTypes.STRIPED ? null : speed;
  }

  /// What a copy of the instance with this disk asks for: a disk like this one where the request
  /// says nothing else.
  public CreateDbInstanceRequest copied(CreateDbInstanceRequest request) {
    var builder = request.toBuilder().allocatedStorage(or(request.allocatedStorage(), gib));
    if (request.storageType() != null || request.iops() != null) {
      return builder.build();
    }
    return builder
        .storageType(type)
        .iops(chosen(iops))
        .storageThroughput(or(request.storageThroughput(), chosen(throughput)))
        .build();
  }

  private static Integer or(Integer wanted, Integer otherwise) {
    return Optional.ofNullable(wanted).orElse(otherwise);
  }

  private static Disk generalPurpose(Engine engine, int gib, Integer iops, Integer throughput) {
    if (gib >= DiskTypes.STRIPED) {
      return new Disk(
          "gp3",
          gib,
          within(
              "Iops",
              iops == null ? DiskTypes.STRIPED_IOPS : iops,
              DiskTypes.STRIPED_IOPS,
              DiskTypes.MOST_STRIPED_IOPS),
          within(
              "StorageThroughput",
              throughput == null ? DiskTypes.STRIPED_THROUGHPUT : throughput,
              DiskTypes.STRIPED_THROUGHPUT,
              DiskTypes.MOST_THROUGHPUT));
    }
    var asked =
        iops != null && iops != DiskTypes.GENERAL_IOPS
            || throughput != null && throughput != DiskTypes.GENERAL_THROUGHPUT;
    if (asked) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "You can't specify IOPS or storage throughput for engine %s and a storage size less than"
              + " %d. (Iops %s, StorageThroughput %s)",
          engine.title(), DiskTypes.STRIPED, iops, throughput);
    }
    return new Disk("gp3", gib, DiskTypes.GENERAL_IOPS, DiskTypes.GENERAL_THROUGHPUT);
  }

  private static Disk provisioned(String type, int gib, Integer iops, Integer throughput) {
    refuse("StorageThroughput", throughput, type);
    if (iops == null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The storage type %s requires iops to be specified.", type);
    }
    return new Disk(
        type, gib, within("Iops", iops, DiskTypes.LEAST_IOPS, DiskTypes.MOST_IOPS), null);
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
    if (most != null && most > DiskTypes.MOST_GIB) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Invalid max storage size: MaxAllocatedStorage is %d, and must be at most %d.",
          most, DiskTypes.MOST_GIB);
    }
  }

  DBInstance.Builder describe(DBInstance.Builder builder) {
    return builder.storageType(type).allocatedStorage(gib).iops(iops).storageThroughput(throughput);
  }
}
