package dev.dbartifact.localengine.wire;

import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

/// What all protocols have in common: every fault becomes an answer in the service's own words.
abstract class Protocol implements Service {

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
    }
  }

  @Override
  public final Answer refuse(AwsServiceException fault, String requestId) {
    return refused(codes.translate(fault), requestId);
  }

  final SdkPojo call(Action action, SdkPojo request) {
    var resource = ResourceNames.of(action.name(), request);
    var target = new Interference.Target(name(), action.name(), resource);
    return (SdkPojo)
        Interference.CURRENT
            .orElse(Interference.NONE)
            .around(target, () -> action.call(implementations, request));
  }

  abstract Answer invoke(Call call, String requestId);

  /// @param fault in the service's own words
  abstract Answer refused(AwsServiceException fault, String requestId);
}
