package dev.dbartifact.localengine.wire;

import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Faults that every service of AWS answers in the same words.
///
/// See "Common errors" in the Amazon RDS API Reference. [FaultCodes] holds what other protocols
/// call them.
public enum ProtocolFault {
  EXPIRED_TOKEN("ExpiredToken", 403),
  INTERNAL_FAILURE("InternalFailure", 500),
  INVALID_ACTION("InvalidAction", 400),
  INVALID_CLIENT_TOKEN_ID("InvalidClientTokenId", 403),
  INCOMPLETE_SIGNATURE("IncompleteSignature", 400),
  INVALID_PARAMETER_COMBINATION("InvalidParameterCombination", 400),
  MALFORMED_QUERY_STRING("MalformedQueryString", 400),
  MISSING_ACTION("MissingAction", 400),
  MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationToken", 403),
  NO_SUCH_VERSION("NoSuchVersion", 400),
  REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLarge", 413),
  REQUEST_EXPIRED("RequestExpired", 400),
  REQUEST_TIMEOUT("RequestTimeout", 408),
  SERIALIZATION("SerializationException", 400),
  SIGNATURE_DOES_NOT_MATCH("SignatureDoesNotMatch", 403),
  UNSUPPORTED_OPERATION("UnsupportedOperation", 400),
  VALIDATION_ERROR("ValidationError", 400);

  private final String code;
  private final int status;

  ProtocolFault(String code, int status) {
    this.code = code;
    this.status = status;
  }

  public AwsServiceException with(String message) {
    return with(code, status, message);
  }

  String code() {
    return code;
  }

  static AwsServiceException with(String code, int status, String message) {
    return ServiceFault.of(AwsServiceException.builder(), code, status, message);
  }
}
