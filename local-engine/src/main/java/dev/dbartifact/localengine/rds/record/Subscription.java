package dev.dbartifact.localengine.rds.record;

import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.rds.model.EventSubscription;
import software.amazon.awssdk.services.rds.model.Tag;

/// An event subscription with its tags, which its description does not show.
public record Subscription(EventSubscription settings, List<Tag> tags) {

  public Subscription {
    tags = List.copyOf(tags);
  }

  public String name() {
    return settings.custSubscriptionId();
  }

  public boolean is(String status) {
    return status.equals(settings.status());
  }

  public Subscription tagged(List<Tag> changed) {
    return new Subscription(settings, changed);
  }

  public Subscription with(UnaryOperator<EventSubscription.Builder> change) {
    return new Subscription(change.apply(settings.toBuilder()).build(), tags);
  }
}
