package dev.dbartifact.localengine.http;

import dev.dbartifact.localengine.state.StateException;
import dev.dbartifact.localengine.wire.ProtocolFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What became of a request that failed for no fault of its own.
final class UnexpectedFailure {

  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedFailure.class);

  private UnexpectedFailure() {}

  /// Puts it into the log.
  ///
  /// @return what the client is told
  static AwsServiceException log(Throwable failure, String requestId) {
    if (failure instanceof StateException memory) {
      // What could not be read or written, such as on a full disk, is the user's to mend.
      LOG.error("Request {} failed: {}", requestId, memory.getMessage());
      return told(": " + memory.getMessage(), requestId);
    }
    LOG.error("Request {} failed", requestId, failure);
    return told("", requestId);
  }

  private static AwsServiceException told(String what, String requestId) {
    return ProtocolFault.INTERNAL_FAILURE.with(
        "The local engine failed%s; its log says more under %s".formatted(what, requestId));
  }
}
