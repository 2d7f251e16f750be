package dev.dbartifact.localengine.wire;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What a service answers instead of a result: the SDK's own exception, with what stands on the
/// wire.
public final class ServiceFault {

  private ServiceFault() {}

  /// @param exception of the class that the SDK has for this fault
  /// @param code as on the wire
  /// @param status the HTTP status
  /// @param message with what `arguments` are to replace, as in [String#format]; as it is where
  ///   there are none
  public static AwsServiceException of(
      AwsServiceException.Builder exception,
      String code,
      int status,
      String message,
      Object... arguments) {
    var text = arguments.length == 0 ? message : message.formatted(arguments);
    return exception
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(text).build())
        .statusCode(status)
        .message(text)
        .build();
  }
}
