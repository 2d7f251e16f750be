package dev.dbartifact.localengine.misbehaviour;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// A fault that a rule asks for. It has a class of its own so that it goes out as it is: a service
/// puts plain faults into its own words; see [dev.dbartifact.localengine.wire.FaultCodes].
final class AskedFault extends AwsServiceException {

  AskedFault(String code, int status, String message) {
    super(
        AwsServiceException.builder()
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .statusCode(status)
            .message(message));
  }
}
