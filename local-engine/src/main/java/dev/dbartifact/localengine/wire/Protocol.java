package dev.dbartifact.localengine.wire;

import dev.dbartifact.localengine.state.StateException;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

/// What all protocols have in common: whatever goes wrong becomes an answer.
abstract class Protocol implements Service {

  private static final Logger LOG = LoggerFactory.getLogger(Protocol.class);

  final Api api;
  final Actions actions;
  final List<Object> implementations;
  private final FaultCodes codes;

  /// @param implementations share the actions among them; see [Actions]
  Protocol(Api api, FaultCodes codes, Object... implementations) {
    this.api = api;
    this.implementations = List.of(implementations);
    this.actions =
        new Actions(
            api, this.implementations.stream().map(Object::getClass).toArray(Class<?>[]::new));
    this.codes = codes;
  }

  @Override
  public final String name() {
    return api.service();
  }

  @Override
  public final Answer answer(Call call) {
    var requestId = UUID.randomUUID().toString();
    try {
      return invoke(call, requestId);
    } catch (AwsServiceException fault) {
      return refused(codes.translate(fault), requestId);
    } catch (DroppedConnection e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("Request " + requestId + " failed", e);
      var fault = ProtocolFault.INTERNAL_FAILURE.with(failure(e, requestId));
      return refused(codes.translate(fault), requestId);
    }
  }

  /// What could not be read or written, such as on a full disk, is the user's to mend.
  private static String failure(RuntimeException failure, String requestId) {
    var what = failure instanceof StateException ? ": " + failure.getMessage() : "";
    return "The local engine failed%s; its log says more under %s".formatted(what, requestId);
  }

  @Override
  public final Answer refuse(AwsServiceException fault) {
    return refused(codes.translate(fault), UUID.randomUUID().toString());
  }

  final SdkPojo call(Action action, SdkPojo request) {
    var target = new Interference.Target(name(), action.name(), ResourceNames.of(request));
    return (SdkPojo)
        Interference.CURRENT
            .orElse(Interference.NONE)
            .around(target, () -> action.call(implementations, request));
  }

  abstract Answer invoke(Call call, String requestId);

  /// @param fault in the service's own words
  abstract Answer refused(AwsServiceException fault, String requestId);
}
