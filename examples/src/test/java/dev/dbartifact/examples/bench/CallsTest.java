package dev.dbartifact.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallsTest {
  @Test
  void readingIsNotMutating() {
    var calls =
        new Calls(
            Map.of("DescribeDBClusters", 3, "ListTagsForResource", 2, "GetCallerIdentity", 1));

    assertThat(calls.all()).isEqualTo(6);
    assertThat(calls.mutating()).isZero();
  }

  @Test
  void everythingElseIs() {
    var calls = new Calls(Map.of("DescribeDBClusters", 3, "AddTagsToResource", 2, "unknown", 1));

    assertThat(calls.mutating()).isEqualTo(3);
  }

  @Test
  void findsTheActionOfARequest() {
    assertThat(Calls.action(bytes("Version=2014-10-31&Action=CreateDBCluster&Engine=a%26b")))
        .isEqualTo("CreateDBCluster");
  }

  @Test
  void aRequestWithoutAnActionIsNotTakenForReading() {
    assertThat(new Calls(Map.of(Calls.action(bytes("")), 1)).mutating()).isEqualTo(1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
