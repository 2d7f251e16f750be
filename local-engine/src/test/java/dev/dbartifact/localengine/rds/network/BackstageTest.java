package dev.dbartifact.localengine.rds.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.AddressRange;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackstageTest {

  @ParameterizedTest
  @CsvSource({
    "127.77.12.34, 127.205.12.34",
    "127.205.12.34, 127.77.12.34",
    "127.0.0.1, 127.128.0.1",
    "10.77.0.254, 127.205.0.254",
    "192.168.7.9, 127.40.7.9"
  })
  void itIsALoopbackAddressWithTheSameLastBytes(String known, String behind) {
    assertThat(Backstage.behind(known)).isEqualTo(behind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.77.0.0/16", "127.205.0.0/16", "10.0.4.0/22"})
  void noTwoOfARangeComeToTheSameAndNoneToOneOfTheRange(String cidr) {
    var range = AddressRange.parse(cidr);
    var known = IntStream.range(0, range.size()).mapToObj(range::nth).collect(Collectors.toSet());
    var behind = known.stream().map(Backstage::behind).collect(Collectors.toSet());
    assertThat(behind).hasSize(range.size());
    assertThat(Collections.disjoint(behind, known)).isTrue();
  }

  @Test
  void nobodyElsewhereReachesIt() {
    assertThat(AddressRange.isHere(Backstage.behind("198.51.100.7"))).isTrue();
  }
}
