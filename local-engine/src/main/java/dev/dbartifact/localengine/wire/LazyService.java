package dev.dbartifact.localengine.wire;

import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// A service whose classes are loaded with its first request: the engine starts without them.
public final class LazyService implements Service {

  private final String name;
  private final int mostBytes;
  private final Predicate<Call> recognised;
  private final Supplier<Service> maker;
  private volatile Service made;

  /// @param recognised see [Service#recognises]
  /// @param maker is asked once
  public LazyService(
      String name, int mostBytes, Predicate<Call> recognised, Supplier<Service> maker) {
    this.name = name;
    this.mostBytes = mostBytes;
    this.recognised = recognised;
    this.maker = maker;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int mostBytes() {
    return mostBytes;
  }

  @Override
  public boolean recognises(Call call) {
    return recognised.test(call);
  }

  @Override
  public Answer answer(Call call) {
    return service().answer(call);
  }

  @Override
  public Answer refuse(AwsServiceException fault, String requestId) {
    return service().refuse(fault, requestId);
  }

  private Service service() {
    var service = made;
    if (service == null) {
      synchronized (this) {
        service = made;
        if (service == null) {
          service = maker.get();
          made = service;
        }
      }
    }
    return service;
  }
}
