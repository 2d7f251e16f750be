package dev.dbartifact.localengine.http;

import dev.dbartifact.localengine.wire.Call;
import dev.dbartifact.localengine.wire.ProtocolFault;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The signature of a request, Version 4, taken apart. It stands in the header `Authorization`, or
/// in the address of a presigned request.
///
/// @param date of the scope, `yyyyMMdd`
/// @param service the service of the scope, such as `rds`
/// @param signedHeaders lower-case, sorted
/// @param time when it was signed, as it was sent
/// @param validity how long a presigned request may be used; empty for others
/// @param token of the session whose key signed
record Authorization(
    String keyId,
    String date,
    String region,
    String service,
    List<String> signedHeaders,
    String signature,
    String time,
    Optional<Duration> validity,
    Optional<String> token) {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String CREDENTIAL =
      "([^/,]+)/([0-9]{8})/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request";
  private static final Pattern SCOPE = Pattern.compile(CREDENTIAL);
  private static final Pattern FORM =
      Pattern.compile(
          ALGORITHM
              + " +Credential=([^,]+), *SignedHeaders=([a-z0-9;_-]+), *Signature=([0-9a-f]{64})");

  /// AWS's bound.
  private static final Duration LONGEST = Duration.ofDays(7);

  static Authorization of(Call call) {
    var header = call.header("authorization");
    if (header.isPresent()) {
      return parse(header.get(), call);
    }
    var query = query(call);
    if (!query.containsKey("X-Amz-Signature") && !query.containsKey("X-Amz-Credential")) {
      throw ProtocolFault.MISSING_AUTHENTICATION_TOKEN.with(
          "Request is missing Authentication Token");
    }
    return presigned(query);
  }

  private static Authorization parse(String header, Call call) {
    var matcher = FORM.matcher(header.strip());
    if (!matcher.matches()) {
      throw incomplete(
          "The header Authorization is not one of AWS Signature Version 4 (" + ALGORITHM + ")");
    }
    return of(
        matcher.group(1),
        matcher.group(2),
        matcher.group(3),
        call.header("x-amz-date").orElseThrow(() -> incomplete("The header X-Amz-Date is missing")),
        Optional.empty(),
        call.header("x-amz-security-token"));
  }

  private static Authorization presigned(Map<String, String> query) {
    if (!ALGORITHM.equals(query.get("X-Amz-Algorithm"))) {
      throw incomplete("X-Amz-Algorithm is not " + ALGORITHM);
    }
    return of(
        query.getOrDefault("X-Amz-Credential", ""),
        query.getOrDefault("X-Amz-SignedHeaders", ""),
        query.getOrDefault("X-Amz-Signature", ""),
        query.getOrDefault("X-Amz-Date", ""),
        Optional.of(validity(query.getOrDefault("X-Amz-Expires", ""))),
        Optional.ofNullable(query.get("X-Amz-Security-Token")));
  }

  private static Duration validity(String seconds) {
    if (!seconds.matches("[0-9]{1,6}") || Long.parseLong(seconds) > LONGEST.toSeconds()) {
      throw incomplete("X-Amz-Expires is not a number of seconds up to " + LONGEST.toSeconds());
    }
    return Duration.ofSeconds(Long.parseLong(seconds));
  }

  private static Authorization of(
      String credential,
      String signedHeaders,
      String signature,
      String time,
      Optional<Duration> validity,
      Optional<String> token) {
    var scope = SCOPE.matcher(credential);
    if (!scope.matches()) {
      throw incomplete("The credential is not of the form key/date/region/service/aws4_request");
    }
    return new Authorization(
        scope.group(1),
        scope.group(2),
        scope.group(3),
        scope.group(4),
        List.of(signedHeaders.split(";")),
        signature,
        time,
        validity,
        token);
  }

  private static RuntimeException incomplete(String why) {
    return ProtocolFault.INCOMPLETE_SIGNATURE.with(why);
  }

  private static Map<String, String> query(Call call) {
    var query = new HashMap<String, String>();
    var raw = call.uri().getRawQuery();
    for (var pair : raw == null ? new String[0] : raw.split("&")) {
      var equals = pair.indexOf('=');
      if (equals > 0 && pair.startsWith("X-Amz-")) {
        query.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  String scope() {
    return String.join("/", date, region, service, "aws4_request");
  }

  Authorization with(String newSignature) {
    return new Authorization(
        keyId, date, region, service, signedHeaders, newSignature, time, validity, token);
  }

  String header() {
    return "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(ALGORITHM, keyId, scope(), String.join(";", signedHeaders), signature);
  }
}
