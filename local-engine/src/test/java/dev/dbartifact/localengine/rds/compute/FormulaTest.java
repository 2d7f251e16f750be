package dev.dbartifact.localengine.rds.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfigurationInfo;

class FormulaTest {

  private static final Map<String, Long> VARIABLES =
      Map.of(
          "AllocatedStorage", 20L << 30,
          "DBInstanceClassMemory", 16L << 30,
          "DBInstanceVCPU", 2L,
          "EndPointPort", 5432L,
          "TrueIfReplica", 0L);

  /// The first ones are in "Specifying DB parameters", or values of AWS's default groups.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{DBInstanceClassMemory/16384} | 1048576",
        "{DBInstanceClassMemory*3/4} | 12884901888",
        "LEAST({DBInstanceClassMemory/9531392},5000) | 1802",
        "GREATEST({DBInstanceClassMemory/63963136},65536) | 65536",
        "SUM({DBInstanceClassMemory/12038},-50) | none",
        "SUM({AllocatedStorage/1073741824},50) | 70",
        "{log(DBInstanceClassMemory/8187281418)*1000} | 1000",
        "GREATEST({log(DBInstanceClassMemory/805306368)*45},{log(DBInstanceClassMemory/8187281408)*1000}) | 1000",
        "GREATEST({DBInstanceVCPU/2},2) | 2",
        "{EndPointPort} | 5432",
        "{TrueIfReplica} | 0",
        "LEAST(1,GREATEST(3,2)) | 1",
        "{1000/log(DBInstanceVCPU)} | 1000",
      })
  void itIsComputedInWholeNumbers(String formula, String value) {
    assertThat(Formula.isMeant(formula)).isTrue();
    assertThat(Formula.isOne(formula)).isEqualTo(!value.equals("none"));
    if (!value.equals("none")) {
      assertThat(Formula.compute(formula, VARIABLES)).isEqualTo(Long.parseLong(value));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{DBInstanceClassMemory",
        "{DBInstanceClassMemory}}",
        "{dbinstanceclassmemory}",
        "{DBInstanceClassMemory/0}",
        "{DBInstanceClassMemory/}",
        "{1000/TrueIfReplica}",
        "{1.5}",
        "LEAST()",
        "MIN(1,2)",
        "many",
        ""
      })
  void whatIsNoneIsSeen(String text) {
    assertThat(Formula.isOne(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "db.t4g.micro, 1, 2",
    "db.t3.medium, 4, 2",
    "db.m5.large, 8, 2",
    "db.r6g.large, 16, 2",
    "db.r6g.xlarge, 32, 4",
    "db.r5.24xlarge, 768, 96",
    "db.x2g.large, 32, 2",
    "db.serverless, 16, 2",
  })
  void aClassHasMemoryAndProcessors(String name, int gib, int cpus) {
    var serverless = ServerlessV2ScalingConfigurationInfo.builder().maxCapacity(8.0).build();
    assertThat(InstanceClass.of(name, serverless))
        .isEqualTo(new InstanceClass((long) gib << 30, cpus));
  }
}
