package dev.dbartifact.localengine.ec2;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// A fault of EC2, which has codes and no classes.
///
/// See "Error codes for the Amazon EC2 API" in the EC2 Developer Guide.
final class Ec2Fault {

  private Ec2Fault() {}

  static AwsServiceException of(String code, String message, Object... arguments) {
    return of(400, code, message, arguments);
  }

  static AwsServiceException of(int status, String code, String message, Object... arguments) {
    var text = arguments.length == 0 ? message : message.formatted(arguments);
    return AwsServiceException.builder()
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(text).build())
        .statusCode(status)
        .message(text)
        .build();
  }
}
