package dev.dbartifact.localengine.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.wire.Call;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Addresses that botocore 1.43 presigned for GET on 2030-01-31, found by folder: `signing/*.url`.
/// Each was made by `generate_presigned_url(…, HttpMethod="GET")`.
class SignatureV4Test {

  private static final Path CASES = Path.of("src/test/resources/signing");
  private static final AccessKey KEY = new AccessKey("LKIATESTTESTTESTTEST", "secret-of-the-tests");

  private final SignatureV4 signatures =
      new SignatureV4(Clock.fixed(Instant.parse("2030-01-31T12:00:30Z"), ZoneOffset.UTC));

  @TestFactory
  Stream<DynamicTest> whatBotocorePresignsIsAccepted() throws IOException {
    try (var files = Files.list(CASES)) {
      return files
          .sorted()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)))
          .toList()
          .stream();
    }
  }

  private void check(Path file) throws IOException {
    var address = Files.readString(file).strip();
    assertThatCode(() -> verify(address)).doesNotThrowAnyException();
    assertThatThrownBy(() -> verify(address.replace("Describe", "Delete")))
        .hasMessageContaining("does not match");
  }

  private void verify(String address) {
    var uri = URI.create(address);
    var call = new Call("GET", uri, Map.of("host", List.of(uri.getAuthority())), new byte[0]);
    signatures.verify(call, Authorization.of(call), KEY);
  }
}
