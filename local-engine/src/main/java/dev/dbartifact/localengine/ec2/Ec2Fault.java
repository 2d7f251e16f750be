package dev.dbartifact.localengine.ec2;

import dev.dbartifact.localengine.wire.ServiceFault;
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
    return ServiceFault.of(AwsServiceException.builder(), code, status, message, arguments);
  }
}
