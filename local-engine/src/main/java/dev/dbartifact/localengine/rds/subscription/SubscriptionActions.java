package dev.dbartifact.localengine.rds.subscription;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on event subscriptions.
public final class SubscriptionActions extends RdsActions {

  private final Subscriptions subscriptions;

  public SubscriptionActions(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  @Override
  @Honours(
      value = {
        "Enabled",
        "EventCategories",
        "SnsTopicArn",
        "SourceIds",
        "SourceType",
        "SubscriptionName",
        "Tags"
      },
      kept = {"Enabled", "EventCategories", "SnsTopicArn", "SourceIds", "SourceType"},
      differs = "Nobody is told of events: there is no SNS, and every topic is taken to exist.")
  public CreateEventSubscriptionResponse createEventSubscription(
      CreateEventSubscriptionRequest request) {
    return CreateEventSubscriptionResponse.builder()
        .eventSubscription(subscriptions.create(request))
        .build();
  }

  @Override
  @Honours({"Filters", "Marker", "MaxRecords", "SubscriptionName"})
  public DescribeEventSubscriptionsResponse describeEventSubscriptions(
      DescribeEventSubscriptionsRequest request) {
    return subscriptions.describe(request);
  }

  @Override
  @Honours(
      value = {"Enabled", "EventCategories", "SnsTopicArn", "SourceType", "SubscriptionName"},
      kept = {"Enabled", "EventCategories", "SnsTopicArn", "SourceType"})
  public ModifyEventSubscriptionResponse modifyEventSubscription(
      ModifyEventSubscriptionRequest request) {
    return ModifyEventSubscriptionResponse.builder()
        .eventSubscription(subscriptions.modify(request))
        .build();
  }

  @Override
  @Honours({"SourceIdentifier", "SubscriptionName"})
  public AddSourceIdentifierToSubscriptionResponse addSourceIdentifierToSubscription(
      AddSourceIdentifierToSubscriptionRequest request) {
    return AddSourceIdentifierToSubscriptionResponse.builder()
        .eventSubscription(subscriptions.add(request))
        .build();
  }

  @Override
  @Honours({"SourceIdentifier", "SubscriptionName"})
  public RemoveSourceIdentifierFromSubscriptionResponse removeSourceIdentifierFromSubscription(
      RemoveSourceIdentifierFromSubscriptionRequest request) {
    return RemoveSourceIdentifierFromSubscriptionResponse.builder()
        .eventSubscription(subscriptions.remove(request))
        .build();
  }

  @Override
  @Honours("SubscriptionName")
  public DeleteEventSubscriptionResponse deleteEventSubscription(
      DeleteEventSubscriptionRequest request) {
    return DeleteEventSubscriptionResponse.builder()
        .eventSubscription(subscriptions.delete(request))
        .build();
  }
}
