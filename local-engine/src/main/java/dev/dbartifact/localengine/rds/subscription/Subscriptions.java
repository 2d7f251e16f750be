package dev.dbartifact.localengine.rds.subscription;

import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.record.Subscription;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.work.EventCategories;
import dev.dbartifact.localengine.rds.work.Pacing;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.rds.model.AddSourceIdentifierToSubscriptionRequest;
import software.amazon.awssdk.services.rds.model.CreateEventSubscriptionRequest;
import software.amazon.awssdk.services.rds.model.DeleteEventSubscriptionRequest;
import software.amazon.awssdk.services.rds.model.DescribeEventSubscriptionsRequest;
import software.amazon.awssdk.services.rds.model.DescribeEventSubscriptionsResponse;
import software.amazon.awssdk.services.rds.model.EventSubscription;
import software.amazon.awssdk.services.rds.model.ModifyEventSubscriptionRequest;
import software.amazon.awssdk.services.rds.model.RemoveSourceIdentifierFromSubscriptionRequest;

/// Who wants to be told of which events.
///
/// See "Working with Amazon RDS event notification" in the Amazon RDS User Guide.
public final class Subscriptions {

  /// See "Quotas and constraints for Amazon RDS" in the Amazon RDS User Guide.
  public static final int MOST = 20;

  private static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9-]{0,253}";
  private static final String ACTIVE = "active";

  /// As answers of RDS have it.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Catalog catalog;
  private final Home home;
  private final Clock clock;
  private final Pacing pacing;
  private final Sources sources;

  public Subscriptions(Catalog catalog, Home home, Clock clock, Pacing pacing) {
    this.catalog = catalog;
    this.home = home;
    this.clock = clock;
    this.pacing = pacing;
    this.sources = new Sources(catalog);
  }

  /// Removes those whose deletion an earlier engine began.
  public void recover() {
    catalog.subscriptions.all().stream()
        .filter(each -> each.is(Status.DELETING))
        .forEach(each -> catalog.subscriptions.remove(each.name()));
  }

  EventSubscription create(CreateEventSubscriptionRequest request) {
    var name = newName(request.subscriptionName());
    var topic = Topic.require(home, Rules.required("SnsTopicArn", request.snsTopicArn()));
    var type = Sources.type(request.sourceType());
    EventCategories.require(type, request.eventCategories());
    Rules.tags(request.tags());
    return catalog.changing(() -> {
      requireNew(name);
      var settings =
          EventSubscription.builder()
              .customerAwsId(home.account())
              .custSubscriptionId(name)
              .snsTopicArn(topic)
              .status(ACTIVE)
              .subscriptionCreationTime(TIME.format(clock.instant()))
              .sourceType(type)
              .sourceIdsList(sources.existing(type, request.sourceIds()))
              .eventCategoriesList(request.eventCategories())
              .enabled(!Boolean.FALSE.equals(request.enabled()))
              .eventSubscriptionArn(home.arn("es", name))
              .build();
      return show(new Subscription(settings, request.tags()), Status.CREATING);
    });
  }

  private static String newName(String wanted) {
    var name = Rules.required("SubscriptionName", wanted);
    if (!name.matches(NAME)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "The parameter SubscriptionName is not a valid identifier: '%s'.", name);
    }
    return name;
  }

  private void requireNew(String name) {
    if (catalog.subscriptions.find(name).isPresent()) {
      throw RdsFault.SUBSCRIPTION_ALREADY_EXIST.with("Event Subscription already exists: %s", name);
    }
    if (catalog.subscriptions.all().size() >= MOST) {
      throw RdsFault.EVENT_SUBSCRIPTION_QUOTA_EXCEEDED.with(
          "Cannot create more than %d event subscriptions", MOST);
    }
  }

  DescribeEventSubscriptionsResponse describe(DescribeEventSubscriptionsRequest request) {
    var shown =
        request.subscriptionName() == null
            ? catalog.subscriptions.all()
            : List.of(find(request.subscriptionName()));
    var page =
        Page.of(
            Filters.apply(request.filters(), Map.of(), shown),
            Subscription::name,
            request.marker(),
            request.maxRecords());
    return DescribeEventSubscriptionsResponse.builder()
        .eventSubscriptionsList(page.items().stream().map(Subscription::settings).toList())
        .marker(page.marker())
        .build();
  }

  EventSubscription modify(ModifyEventSubscriptionRequest request) {
    var topic = request.snsTopicArn() == null ? null : Topic.require(home, request.snsTopicArn());
    return change(
        request.subscriptionName(),
        before -> {
          var type =
              request.sourceType() == null
                  ? before.settings().sourceType()
                  : Sources.type(request.sourceType());
          var categories =
              request.hasEventCategories()
                  ? request.eventCategories()
                  : before.settings().eventCategoriesList();
          EventCategories.require(type, categories);
          return before.with(to ->
              to.sourceType(type)
                  .eventCategoriesList(categories)
                  .snsTopicArn(Objects.requireNonNullElse(topic, before.settings().snsTopicArn()))
                  .enabled(
                      Objects.requireNonNullElse(request.enabled(), before.settings().enabled())));
        });
  }

  EventSubscription add(AddSourceIdentifierToSubscriptionRequest request) {
    return change(
        request.subscriptionName(),
        before -> {
          var of = before.settings();
          if (of.sourceType() == null) {
            throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
                "The event subscription %s has no SourceType, and so takes no SourceIdentifier.",
                before.name());
          }
          var ids = new ArrayList<>(of.sourceIdsList());
          ids.add(sources.existing(of.sourceType(), request.sourceIdentifier()));
          return before.with(to -> to.sourceIdsList(ids.stream().distinct().toList()));
        });
  }

  /// Also one that is not there any more.
  EventSubscription remove(RemoveSourceIdentifierFromSubscriptionRequest request) {
    var id =
        Rules.required("SourceIdentifier", request.sourceIdentifier()).toLowerCase(Locale.ROOT);
    return change(
        request.subscriptionName(),
        before -> {
          var ids = new ArrayList<>(before.settings().sourceIdsList());
          if (!ids.remove(id)) {
            throw RdsFault.SOURCE_NOT_FOUND.with(
                "The event subscription %s does not have the source %s.",
                before.name(), request.sourceIdentifier());
          }
          return before.with(to -> to.sourceIdsList(ids));
        });
  }

  private EventSubscription change(String name, UnaryOperator<Subscription> change) {
    return catalog.changing(() -> {
      var before = find(name).with(to -> to.status(ACTIVE));
      return show(change.apply(before), "modifying");
    });
  }

  /// What is remembered is active; the state is for those who look.
  private EventSubscription show(Subscription subscription, String status) {
    catalog.subscriptions.put(subscription);
    if (pacing.shows(Phase.SUBSCRIPTION_CHANGING)) {
      state(subscription.name(), status);
      pacing.at(
          pacing.end(Phase.SUBSCRIPTION_CHANGING),
          () -> catalog.changing(() -> state(subscription.name(), ACTIVE)));
    }
    return subscription.with(to -> to.status(status)).settings();
  }

  private void state(String name, String status) {
    catalog.subscriptions.show(
        name, now -> now.is(Status.DELETING) ? now : now.with(to -> to.status(status)));
  }

  EventSubscription delete(DeleteEventSubscriptionRequest request) {
    return catalog.changing(() -> {
      var before = find(request.subscriptionName());
      if (before.is(Status.DELETING)) {
        throw RdsFault.INVALID_EVENT_SUBSCRIPTION_STATE.with(
            "Event subscription %s is already being deleted.", before.name());
      }
      var deleting = before.with(to -> to.status(Status.DELETING));
      catalog.subscriptions.put(deleting);
      pacing.at(
          pacing.end(Phase.SUBSCRIPTION_CHANGING),
          () -> catalog.changing(() -> catalog.subscriptions.remove(before.name())));
      return deleting.settings();
    });
  }

  private Subscription find(String name) {
    return catalog
        .subscriptions
        .find(Rules.required("SubscriptionName", name))
        .orElseThrow(
            () -> RdsFault.SUBSCRIPTION_NOT_FOUND.with("Event Subscription %s not found.", name));
  }
}
