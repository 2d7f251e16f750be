package dev.dbartifact.localengine.http;

import dev.dbartifact.localengine.wire.ProtocolFault;
import java.util.List;
import java.util.regex.Pattern;

/// The header `Authorization` of Signature Version 4, taken apart.
///
/// @param scope `date/region/service/aws4_request`
/// @param service the service of the scope, such as `rds`
/// @param signedHeaders lower-case, sorted
record Authorization(
    String keyId,
    String date,
    String region,
    String service,
    List<String> signedHeaders,
    String signature) {

  private static final Pattern FORM =
      Pattern.compile(
          "AWS4-HMAC-SHA256 +Credential=([^/,]+)/([0-9]{8})/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request,"
              + " *SignedHeaders=([a-z0-9;_-]+), *Signature=([0-9a-f]{64})");

  static Authorization parse(String header) {
    var matcher = FORM.matcher(header.strip());
    if (!matcher.matches()) {
      throw ProtocolFault.INCOMPLETE_SIGNATURE.with(
          "The header Authorization is not one of AWS Signature Version 4 (AWS4-HMAC-SHA256)");
    }
    return new Authorization(
        matcher.group(1),
        matcher.group(2),
        matcher.group(3),
        matcher.group(4),
        List.of(matcher.group(5).split(";")),
        matcher.group(6));
  }

  String scope() {
    return String.join("/", date, region, service, "aws4_request");
  }

  Authorization with(String newSignature) {
    return new Authorization(keyId, date, region, service, signedHeaders, newSignature);
  }

  String header() {
    return "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(keyId, scope(), String.join(";", signedHeaders), signature);
  }
}
