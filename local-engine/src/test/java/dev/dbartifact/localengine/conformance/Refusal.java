package dev.dbartifact.localengine.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.rds.model.RdsException;

/// A request that must be refused.
final class Refusal {

  private Refusal() {}

  /// @param status of HTTP
  static void refused(String code, int status, ThrowingCallable call) {
    var fault = catchThrowableOfType(RdsException.class, call);
    assertThat(fault).as("is refused with " + code).isNotNull();
    assertThat(fault.awsErrorDetails().errorCode() + " " + fault.statusCode())
        .isEqualTo(code + " " + status);
  }
}
