package dev.dbartifact.localengine.wire;

import java.util.EnumMap;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What a service calls the faults that are common to all: protocols differ in codes and statuses.
///
/// See "Common errors" in the API reference of each service.
public final class FaultCodes {

  /// Of the Query protocol.
  public static final FaultCodes QUERY =
      new FaultCodes(Map.of()).with(ProtocolFault.REQUEST_EXPIRED, "SignatureDoesNotMatch", 403);

  /// Of AWS JSON.
  public static final FaultCodes JSON = json(400);

  /// Of REST-JSON.
  public static final FaultCodes REST_JSON = json(403);

  private final Map<ProtocolFault, Code> codes;

  private FaultCodes(Map<ProtocolFault, Code> codes) {
    this.codes = codes;
  }

  private record Code(String name, int status) {}

  private static FaultCodes json(int denied) {
    return QUERY
        .with(ProtocolFault.EXPIRED_TOKEN, "ExpiredTokenException", denied)
        .with(ProtocolFault.INCOMPLETE_SIGNATURE, "IncompleteSignatureException", denied)
        .with(ProtocolFault.INVALID_ACTION, "UnknownOperationException", denied == 400 ? 400 : 404)
        .with(ProtocolFault.INVALID_CLIENT_TOKEN_ID, "UnrecognizedClientException", denied)
        .with(
            ProtocolFault.MISSING_AUTHENTICATION_TOKEN,
            "MissingAuthenticationTokenException",
            denied)
        .with(ProtocolFault.MALFORMED_QUERY_STRING, "SerializationException", 400)
        .with(ProtocolFault.REQUEST_EXPIRED, "InvalidSignatureException", denied)
        .with(ProtocolFault.SIGNATURE_DOES_NOT_MATCH, "InvalidSignatureException", denied);
  }

  /// The same with another word for one fault.
  public FaultCodes with(ProtocolFault fault, String name, int status) {
    var more = new EnumMap<ProtocolFault, Code>(ProtocolFault.class);
    more.putAll(codes);
    more.put(fault, new Code(name, status));
    return new FaultCodes(more);
  }

  /// The fault as the service says it; a fault of the service's own, and one that a rule of
  /// misbehaviour asks for, has a class of its own and stays as it is.
  public AwsServiceException translate(AwsServiceException fault) {
    if (fault.getClass() != AwsServiceException.class) {
      return fault;
    }
    return codes.entrySet().stream()
        .filter(entry -> entry.getKey().code().equals(fault.awsErrorDetails().errorCode()))
        .map(Map.Entry::getValue)
        .map(code ->
            ProtocolFault.with(code.name(), code.status(), fault.awsErrorDetails().errorMessage()))
        .findFirst()
        .orElse(fault);
  }
}
