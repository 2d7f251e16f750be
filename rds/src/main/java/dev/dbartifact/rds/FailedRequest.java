package dev.dbartifact.rds;

import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/// A request that got no answer, with where it was sent: the SDK's own exceptions do not tell.
final class FailedRequest extends SdkClientException {
  private static final long serialVersionUID = 1;

  private final String endpoint;

  private FailedRequest(SdkClientException failure, String endpoint) {
    super(SdkClientException.builder().message(failure.getMessage()).cause(failure));
    this.endpoint = endpoint;
  }

  /// Where the failed one of `causes` was sent, such as `http://127.0.0.1:4510`.
  static Optional<String> endpoint(Stream<Throwable> causes) {
    return causes
        .filter(FailedRequest.class::isInstance)
        .map(each -> ((FailedRequest) each).endpoint)
        .findFirst();
  }

  /// To be hung into every client.
  static final class Witness implements ExecutionInterceptor {
    /// The SDK insists that the class of an exception stays, or becomes a subclass of it. So those
    /// that have a class of their own, such as an SSO session that has ended, stay as they are; and
    /// so does an unknown host, for which an interceptor of the SDK's own comes after this one.
    @Override
    public Throwable modifyException(Context.FailedExecution failed, ExecutionAttributes notes) {
      Optional<SdkHttpRequest> request = failed.httpRequest();
      return failed.exception() instanceof SdkClientException unanswered
              && unanswered.getClass() == SdkClientException.class
              && request.isPresent()
              && !isUnknownHost(unanswered)
          ? new FailedRequest(unanswered, address(request.get().getUri()))
          : failed.exception();
    }

    private static boolean isUnknownHost(Throwable failure) {
      return Stream.iterate(failure, each -> each != null, Throwable::getCause)
          .anyMatch(UnknownHostException.class::isInstance);
    }

    private static String address(URI uri) {
      return uri.getScheme() + "://" + uri.getRawAuthority();
    }
  }
}
