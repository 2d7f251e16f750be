package dev.dbartifact.localengine.wire;

import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What answers the requests that were signed for one service.
public interface Service {

  /// The name in a signature's scope, such as `rds`.
  String name();

  /// Answers one request whose signature is right. What fails unexpectedly is thrown; who received
  /// the request makes an answer of it.
  Answer answer(Call call);

  /// A fault in the form that the service's clients read.
  ///
  /// @param requestId what people find the request by in the log
  Answer refuse(AwsServiceException fault, String requestId);

  /// Whether a request that names no service in a signature looks like one to this service: by its
  /// target or path.
  default boolean recognises(Call call) {
    return false;
  }

  /// The largest body that is read.
  default int mostBytes() {
    return 1 << 20;
  }
}
