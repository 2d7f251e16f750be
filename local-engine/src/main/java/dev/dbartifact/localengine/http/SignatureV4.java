package dev.dbartifact.localengine.http;

import dev.dbartifact.localengine.wire.Call;
import dev.dbartifact.localengine.wire.ProtocolFault;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Checks that a request was signed with the right key.
///
/// See "Create a signed AWS API request" in the IAM User Guide.
final class SignatureV4 {

  /// How long a signature is good for.
  private static final Duration PAST = Duration.ofMinutes(15);

  /// How far the client's clock may be ahead.
  private static final Duration FUTURE = Duration.ofMinutes(5);

  private static final DateTimeFormatter BASIC_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Clock clock;

  SignatureV4(Clock clock) {
    this.clock = clock;
  }

  /// Throws the fault that AWS answers unless the request is well signed with the key.
  void verify(Call request, Authorization authorization, AccessKey key) {
    requireFresh(authorization);
    requireSigned(request, authorization);
    var wanted = signature(stringToSign(request, authorization), authorization, key);
    if (!MessageDigest.isEqual(
        wanted.getBytes(StandardCharsets.US_ASCII),
        authorization.signature().getBytes(StandardCharsets.US_ASCII))) {
      throw ProtocolFault.SIGNATURE_DOES_NOT_MATCH.with(
          "The request signature we calculated does not match the signature you provided. Check your"
              + " AWS Secret Access Key and signing method. Consult the service documentation for"
              + " details.");
    }
  }

  /// The header `Authorization` for a request of ours that carries the headers Host and X-Amz-Date.
  static Authorization sign(Call request, String region, String service, AccessKey key) {
    var time = request.header("x-amz-date").orElseThrow();
    var unsigned =
        new Authorization(
            key.id(),
            time.substring(0, time.indexOf('T')),
            region,
            service,
            List.of("host", "x-amz-date"),
            "",
            time,
            Optional.empty(),
            Optional.empty());
    return unsigned.with(signature(stringToSign(request, unsigned), unsigned, key));
  }

  static String time(Instant instant) {
    return BASIC_TIME.format(instant);
  }

  /// The words are AWS's.
  private void requireFresh(Authorization authorization) {
    var time = authorization.time();
    if (!time.startsWith(authorization.date() + "T")) {
      throw ProtocolFault.SIGNATURE_DOES_NOT_MATCH.with(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP:"
              + " '%s' != '%s'".formatted(authorization.date(), time));
    }
    var signedAt = instant(time);
    var now = clock.instant();
    var validity = authorization.validity().orElse(PAST);
    if (signedAt.isBefore(now.minus(validity))) {
      throw ProtocolFault.REQUEST_EXPIRED.with(
          "Signature expired: %s is now earlier than %s (%s - %d min.)"
              .formatted(time, time(now.minus(validity)), time(now), validity.toMinutes()));
    }
    if (signedAt.isAfter(now.plus(FUTURE))) {
      throw ProtocolFault.REQUEST_EXPIRED.with(
          "Signature not yet current: %s is still later than %s (%s + %d min.)"
              .formatted(time, time(now.plus(FUTURE)), time(now), FUTURE.toMinutes()));
    }
  }

  private static Instant instant(String time) {
    try {
      return Instant.from(BASIC_TIME.parse(time));
    } catch (DateTimeParseException e) {
      throw ProtocolFault.INCOMPLETE_SIGNATURE.with(
          "X-Amz-Date is no time such as 20300131T120000Z");
    }
  }

  /// The host must be signed, and a digest that was sent must be the body's.
  private static void requireSigned(Call request, Authorization authorization) {
    if (!authorization.signedHeaders().contains("host")) {
      throw ProtocolFault.INCOMPLETE_SIGNATURE.with("The header Host is not signed");
    }
    var digest = request.header("x-amz-content-sha256").orElse(sha256(request.body()));
    if (!digest.equals(sha256(request.body()))) {
      throw ProtocolFault.SIGNATURE_DOES_NOT_MATCH.with(
          "The header X-Amz-Content-Sha256 is not the digest of the body");
    }
  }

  private static String stringToSign(Call request, Authorization by) {
    return String.join(
        "\n",
        "AWS4-HMAC-SHA256",
        by.time(),
        by.scope(),
        sha256(canonical(request, by).getBytes(StandardCharsets.UTF_8)));
  }

  private static String canonical(Call request, Authorization by) {
    var headers =
        by.signedHeaders().stream()
            .map(name -> name + ":" + canonicalHeader(request, name) + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        request.method(),
        canonicalPath(request.uri().getRawPath()),
        canonicalQuery(request.uri().getRawQuery()),
        headers,
        String.join(";", by.signedHeaders()),
        sha256(request.body()));
  }

  /// Trimmed, with single spaces.
  private static String canonicalHeader(Call request, String name) {
    return request.headers().getOrDefault(name, List.of()).stream()
        .map(value -> value.strip().replaceAll(" +", " "))
        .collect(Collectors.joining(","));
  }

  /// Encoded once more than on the wire, as every service but S3 wants it.
  private static String canonicalPath(String raw) {
    return raw == null || raw.isEmpty() ? "/" : SdkHttpUtils.urlEncodeIgnoreSlashes(raw);
  }

  private static String canonicalQuery(String raw) {
    if (raw == null || raw.isEmpty()) {
      return "";
    }
    return Arrays.stream(raw.split("&"))
        .filter(pair -> !pair.startsWith("X-Amz-Signature="))
        .map(QueryParameter::of)
        .sorted()
        .map(QueryParameter::toString)
        .collect(Collectors.joining("&"));
  }

  /// Both encoded. By name, then by value: `Value.1=` comes before `Value.10=`, which as texts are
  /// the other way round.
  private record QueryParameter(String name, String value) implements Comparable<QueryParameter> {

    private static final Comparator<QueryParameter> ORDER =
        Comparator.comparing(QueryParameter::name).thenComparing(QueryParameter::value);

    static QueryParameter of(String raw) {
      var parts = raw.split("=", 2);
      return new QueryParameter(encoded(parts[0]), parts.length > 1 ? encoded(parts[1]) : "");
    }

    @Override
    public int compareTo(QueryParameter other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return name + "=" + value;
    }
  }

  private static String encoded(String raw) {
    return SdkHttpUtils.urlEncode(URLDecoder.decode(raw, StandardCharsets.UTF_8));
  }

  private static String signature(String text, Authorization by, AccessKey key) {
    var derived = hmac(("AWS4" + key.secret()).getBytes(StandardCharsets.UTF_8), by.date());
    derived = hmac(derived, by.region());
    derived = hmac(derived, by.service());
    derived = hmac(derived, "aws4_request");
    return HexFormat.of().formatHex(hmac(derived, text));
  }

  private static byte[] hmac(byte[] secret, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HmacSHA256", e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
