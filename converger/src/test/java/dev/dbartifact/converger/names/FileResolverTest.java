package dev.dbartifact.converger.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileResolverTest {
  private static final String SHOP = "shop.cluster-c1sofdji2amj.us-west-2.rds.amazonaws.com";

  @TempDir Path folder;

  /// Knows every name, as one address.
  private static final class System implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      return Stream.of(InetAddress.getByAddress(host, new byte[] {10, 0, 0, 1}));
    }

    @Override
    public String lookupByAddress(byte[] address) {
      return "the.system";
    }
  }

  private List<String> lookedUp(String host, int policy) throws UnknownHostException {
    return new FileResolver(folder.resolve("hosts"), new System())
        .lookupByName(host, LookupPolicy.of(policy))
        .map(InetAddress::toString)
        .toList();
  }

  private void write(String... lines) throws Exception {
    Files.write(folder.resolve("hosts"), List.of(lines));
  }

  @Test
  void aNameOfTheFileLeadsWhereTheFileSays() throws Exception {
    write("# BEGIN", "127.77.4.7 other " + SHOP + " # ours");

    assertThat(lookedUp(SHOP, LookupPolicy.IPV4)).containsExactly(SHOP + "/127.77.4.7");
    assertThat(lookedUp("OTHER", LookupPolicy.IPV4 | LookupPolicy.IPV6))
        .containsExactly("OTHER/127.77.4.7");
  }

  @Test
  void aNameThatComesLaterIsFound() throws Exception {
    write("");
    assertThat(lookedUp(SHOP, LookupPolicy.IPV4)).containsExactly(SHOP + "/10.0.0.1");

    write("127.77.4.7 " + SHOP);
    assertThat(lookedUp(SHOP, LookupPolicy.IPV4)).containsExactly(SHOP + "/127.77.4.7");
  }

  @Test
  void allOtherNamesAreTheSystems() throws Exception {
    write("127.77.4.7 " + SHOP, "::1 six", "# 127.0.0.1 commented", "127.77.4.8");

    for (String host : List.of("rds.us-west-2.amazonaws.com", "six", "commented", "127.77.4.7")) {
      assertThat(lookedUp(host, LookupPolicy.IPV4)).containsExactly(host + "/10.0.0.1");
    }
    assertThat(lookedUp(SHOP, LookupPolicy.IPV6)).containsExactly(SHOP + "/10.0.0.1");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> lookedUp(SHOP, LookupPolicy.IPV4))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining(folder.resolve("hosts").toString())
        .hasMessageContaining("DB_ARTIFACT_HOSTS_FILE");
  }

  @Test
  void theJdkFindsIt() {
    assertThat(ServiceLoader.load(InetAddressResolverProvider.class))
        .hasAtLeastOneElementOfType(NamesOfFile.class);
  }
}
