package dev.dbartifact.localengine.rds.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.server.AddressRange;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.rds.model.InvalidVpcNetworkStateException;

/// Who gets which address.
class AddressesTest {

  /// Six of them.
  private static final AddressRange TINY = AddressRange.parse("127.78.0.8/29");

  private static final RdsFault USED_UP = RdsFault.INVALID_VPC_NETWORK_STATE;

  private final Addresses addresses = new Addresses(Path.of("/memory"), TINY);
  private final Set<String> taken = new HashSet<>();

  private String choose(String name, int port) {
    var address = addresses.choose(name, port, taken, USED_UP);
    taken.add(address);
    return address;
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.78.0.9"))) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aNameIsGivenTheSameAddressAgain() throws Exception {
    var port = freePort();
    var first = choose("shop", port);
    taken.clear();
    assertThat(choose("shop", port)).isEqualTo(first);
  }

  @Test
  void allOfTheRangeIsGivenOnceAndThenTheFaultNamesTheCause() throws Exception {
    var port = freePort();
    IntStream.range(0, 6).forEach(number -> choose("cluster-" + number, port));
    assertThat(taken)
        .containsExactlyInAnyOrder(
            "127.78.0.9",
            "127.78.0.10",
            "127.78.0.11",
            "127.78.0.12",
            "127.78.0.13",
            "127.78.0.14");
    assertThatThrownBy(() -> choose("one-more", port))
        .isInstanceOf(InvalidVpcNetworkStateException.class)
        .hasMessageContaining("No address is left: of the 6 in 127.78.0.8/29")
        .hasMessageContaining("have 6, and 0 are none of this machine")
        .hasMessageContaining("--cluster-addresses");
  }

  @Test
  void whatAnotherProgramHasIsPassedBy() throws Exception {
    var port = freePort();
    var wanted = choose("shop", port);
    taken.clear();
    try (var other = new ServerSocket(port, 1, InetAddress.ofLiteral(wanted))) {
      assertThat(choose("shop", port)).isNotEqualTo(wanted);
      assertThat(other.isBound()).isTrue();
    }
  }

  @Test
  void aPortThatIsTakenEverywhereIsNotCalledALackOfAddresses() throws Exception {
    try (var everywhere = new ServerSocket(0)) {
      var port = everywhere.getLocalPort();
      assertThatThrownBy(() -> choose("shop", port))
          .hasMessageContaining("Port " + port + " cannot be listened on: another program has it");
    }
  }

  @Test
  void thatIsKnownWithoutTryingAllAddresses() throws Exception {
    // None of these can be listened on, whoever has the port.
    var elsewhere = AddressRange.parse("203.0.0.0/16");
    try (var everywhere = new ServerSocket(0)) {
      var port = everywhere.getLocalPort();
      assertThatThrownBy(() ->
              new Addresses(Path.of("/memory"), elsewhere).choose("shop", port, taken, USED_UP))
          .hasMessageContaining("another program has it on all addresses");
    }
  }

  @Test
  void addressesOfOtherMachinesAreNone() {
    // Reserved for documentation by RFC 5737.
    var elsewhere = AddressRange.parse("203.0.113.0/30");
    assertThat(elsewhere.isHere()).isFalse();
    assertThat(TINY.isHere()).isTrue();
    assertThatThrownBy(
            () -> new Addresses(Path.of("/memory"), elsewhere).choose("shop", 5432, taken, USED_UP))
        .isInstanceOf(InvalidVpcNetworkStateException.class)
        .hasMessageContaining("have 0, and 2 are none of this machine");
  }

  @ParameterizedTest
  @CsvSource({
    "10.77.0.0/16, 65534, 10.77.0.1, 10.77.255.254",
    "200.1.2.248/29, 6, 200.1.2.249, 200.1.2.254",
    "10.0.0.6/31, 2, 10.0.0.6, 10.0.0.7",
    "10.0.0.6/32, 1, 10.0.0.6, 10.0.0.6",
  })
  void aRangeLeavesOutTheNetworkAndTheBroadcast(String cidr, int size, String first, String last) {
    var range = AddressRange.parse(cidr);
    assertThat(range.size()).isEqualTo(size);
    assertThat(range.nth(0)).isEqualTo(first);
    assertThat(range.nth(size - 1)).isEqualTo(last);
    assertThat(range).hasToString(cidr);
  }

  @ParameterizedTest
  @CsvSource({
    "10.77.0.0, no range such as",
    "10.77.0.0/x, no range such as",
    "10.77.0.0/8, a prefix of 16 to 32",
    "10.77.0.0/33, a prefix of 16 to 32",
    "10.77.1.0/16, begins at 10.77.0.0",
    "::1/32, no IPv4 address",
    "db.example/16, Invalid IP address literal",
  })
  void whatIsNoRangeIsSaid(String cidr, String message) {
    assertThatThrownBy(() -> AddressRange.parse(cidr))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
