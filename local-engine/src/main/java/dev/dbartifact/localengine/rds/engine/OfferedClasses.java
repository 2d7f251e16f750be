package dev.dbartifact.localengine.rds.engine;

import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.List;
import java.util.stream.Stream;

/// The classes that instances can have: those of the current families in "Supported DB engines for
/// DB instance classes" in the Aurora and in the Amazon RDS User Guide, whatever their version asks
/// for.
public final class OfferedClasses {

  private static final List<String> LARGE =
      List.of("large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge");

  private static final List<String> LARGEST =
      Stream.concat(LARGE.stream(), Stream.of("24xlarge")).toList();

  /// Those with much memory, which all engines have.
  private static final List<String> MEMORY =
      Stream.of(
              of("r5", LARGEST),
              of("r6g", LARGE),
              of("r6i", LARGEST),
              of("r7g", LARGE),
              of("r7i", LARGEST),
              of("r8g", LARGEST),
              of("x2g", LARGE))
          .flatMap(classes -> classes)
          .toList();

  private static final List<String> AURORA =
      Stream.of(
              Stream.of("db.serverless"),
              of("t3", List.of("medium", "large")),
              of("t4g", List.of("medium", "large")),
              MEMORY.stream())
          .flatMap(classes -> classes)
          .toList();

  private static final List<String> PLAIN =
      Stream.of(
              of("t3", List.of("micro", "small", "medium", "large", "xlarge", "2xlarge")),
              of("t4g", List.of("micro", "small", "medium", "large", "xlarge", "2xlarge")),
              of("m5", LARGEST),
              of("m6g", LARGE),
              of("m6i", LARGEST),
              of("m7g", LARGE),
              of("m7i", LARGEST),
              of("m8g", LARGEST),
              MEMORY.stream())
          .flatMap(classes -> classes)
          .toList();

  private OfferedClasses() {}

  private static Stream<String> of(String family, List<String> sizes) {
    return sizes.stream().map(size -> "db." + family + "." + size);
  }

  public static List<String> of(Engine engine) {
    return engine.isAurora() ? AURORA : PLAIN;
  }

  /// Refuses a class that instances of this engine cannot have, in the words of AWS.
  public static void require(Engine engine, String value) {
    Rules.required("DBInstanceClass", value);
    if (!of(engine).contains(value)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with("Invalid DB Instance class: %s", value);
    }
  }
}
