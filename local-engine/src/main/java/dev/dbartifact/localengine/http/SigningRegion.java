package dev.dbartifact.localengine.http;

import dev.dbartifact.localengine.wire.ProtocolFault;
import java.util.Set;

/// The Region that requests must be signed for. Global services are signed for `us-east-1`,
/// wherever the client is; clients that were given an endpoint sign them for their own Region.
///
/// See "AWS service endpoints" in the AWS General Reference.
///
/// @param name of the engine's own Region
record SigningRegion(String name) {

  private static final Set<String> GLOBAL = Set.of("iam", "route53", "sts");
  private static final String OF_GLOBAL = "us-east-1";

  /// Throws the fault that AWS answers unless the request was signed for here. The words are AWS's.
  void require(Authorization authorization) {
    var signed = authorization.region();
    var global = GLOBAL.contains(authorization.service()) && signed.equals(OF_GLOBAL);
    if (!signed.equals(name) && !global) {
      throw ProtocolFault.SIGNATURE_DOES_NOT_MATCH.with(
          "Credential should be scoped to a valid region, not '%s'.".formatted(signed));
    }
  }
}
