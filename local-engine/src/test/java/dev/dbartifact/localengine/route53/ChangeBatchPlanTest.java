package dev.dbartifact.localengine.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

class ChangeBatchPlanTest {

  private static final DomainName ZONE = DomainName.of("example.com");
  private static final List<ResourceRecordSet> OWN =
      List.of(
          records("example.com.", "NS", "ns-1.example.net."), records("example.com.", "SOA", "x"));

  @Test
  void aBatchMayHoldAThousandRecords() {
    assertThat(ChangeBatchPlan.apply(ZONE, OWN, batch("CREATE", 1000))).hasSize(OWN.size() + 4);
    assertThat(ChangeBatchPlan.apply(ZONE, OWN, batch("UPSERT", 500))).hasSize(OWN.size() + 2);
  }

  @Test
  void oneMoreIsRefusedAndThoseOfAnUpsertCountTwice() {
    assertRefused(batch("CREATE", 1001));
    assertRefused(batch("UPSERT", 501));
  }

  @Test
  void theValuesOfARecordSetDifferAndHaveTheirForm() {
    assertProblem("A", "Duplicate Resource Record: '10.0.0.1'", "10.0.0.1", "10.0.0.1");
    assertProblem("CNAME", "must contain exactly one resource record", "a.b.", "c.d.");
    assertProblem("MX", "MXRRDATANotTwoFields", "mail.example.com");
    assertProblem("SRV", "SRVRRDATANotFourFields", "1 2 mail.example.com");
    assertThat(
            ChangeBatchPlan.apply(
                ZONE,
                OWN,
                List.of(
                    change("CREATE", records("m.example.com", "MX", "10 a.b.", "20 c.d.")),
                    change("CREATE", records("s.example.com", "SRV", "1 2 389 ldap.b.")))))
        .hasSize(OWN.size() + 2);
  }

  private static void assertProblem(String type, String problem, String... values) {
    var changes = List.of(change("CREATE", records("x.example.com", type, values)));
    assertThatThrownBy(() -> ChangeBatchPlan.apply(ZONE, OWN, changes))
        .hasMessageContaining(problem);
  }

  private static Change change(String action, ResourceRecordSet records) {
    return Change.builder().action(action).resourceRecordSet(records).build();
  }

  private static void assertRefused(List<Change> changes) {
    assertThatThrownBy(() -> ChangeBatchPlan.apply(ZONE, OWN, changes))
        .hasMessageContaining("Number of records limit of 1000 exceeded.");
  }

  /// So many records, 250 of them in each record set.
  private static List<Change> batch(String action, int records) {
    return IntStream.iterate(0, first -> first < records, first -> first + 250)
        .mapToObj(first ->
            change(
                action,
                records(
                    "r%d.example.com".formatted(first),
                    "A",
                    IntStream.range(0, Math.min(250, records - first))
                        .mapToObj("10.0.0.%d"::formatted)
                        .toArray(String[]::new))))
        .toList();
  }

  private static ResourceRecordSet records(String name, String type, String... values) {
    return ResourceRecordSet.builder()
        .name(name)
        .type(type)
        .ttl(60L)
        .resourceRecords(
            Stream.of(values).map(value -> ResourceRecord.builder().value(value).build()).toList())
        .build();
  }
}
