package dev.dbartifact.localengine.rds.offer;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.work.EventCategories;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions that look around.
public final class OfferActions extends RdsActions {

  private final Events events;
  private final Offers offers;
  private final Quotas quotas;
  private final Authorities authorities;

  OfferActions(Events events, Offers offers, Quotas quotas, Authorities authorities) {
    this.events = events;
    this.offers = offers;
    this.quotas = quotas;
    this.authorities = authorities;
  }

  @Override
  @Honours(
      value = {
        "Duration",
        "EndTime",
        "EventCategories",
        "Filters",
        "Marker",
        "MaxRecords",
        "SourceIdentifier",
        "SourceType",
        "StartTime"
      },
      differs = "The last 1000 events since the engine was started; a restart forgets them.")
  public DescribeEventsResponse describeEvents(DescribeEventsRequest request) {
    return events.describe(request);
  }

  @Override
  @Honours(
      value = {"Filters", "SourceType"},
      differs = "As the User Guides have them, also for sources that there are none of here.")
  public DescribeEventCategoriesResponse describeEventCategories(
      DescribeEventCategoriesRequest request) {
    return EventCategories.describe(request);
  }

  @Override
  @Honours(
      value = {
        "DBInstanceClass",
        "Engine",
        "EngineVersion",
        "Filters",
        "LicenseModel",
        "Marker",
        "MaxRecords",
        "Vpc"
      },
      differs = "A class is a name: all instances share the machine.")
  public DescribeOrderableDbInstanceOptionsResponse describeOrderableDBInstanceOptions(
      DescribeOrderableDbInstanceOptionsRequest request) {
    return offers.orderable(request);
  }

  @Override
  @Honours(
      value = {"CertificateIdentifier", "Filters", "Marker", "MaxRecords"},
      differs = "Names of AWS for the one authority of the engine, whose certificate `env` names.")
  public DescribeCertificatesResponse describeCertificates(DescribeCertificatesRequest request) {
    return authorities.describe(request);
  }

  @Override
  @Honours(
      value = {"CertificateIdentifier", "RemoveCustomerOverride"},
      kept = {"CertificateIdentifier"},
      differs = "New instances show the name; the authority is the engine's.")
  public ModifyCertificatesResponse modifyCertificates(ModifyCertificatesRequest request) {
    return ModifyCertificatesResponse.builder().certificate(authorities.modify(request)).build();
  }

  @Override
  @Honours(
      value = {"Filters", "Marker", "MaxRecords", "ResourceIdentifier"},
      differs = "Nothing is ever pending: there is no maintenance.")
  public DescribePendingMaintenanceActionsResponse describePendingMaintenanceActions(
      DescribePendingMaintenanceActionsRequest request) {
    return offers.pendingMaintenance(request);
  }

  @Override
  @Honours(
      value = {},
      differs =
          "The quotas of clusters, instances, snapshots, roles, read replicas, custom endpoints, option groups and event subscriptions are enforced.")
  public DescribeAccountAttributesResponse describeAccountAttributes(
      DescribeAccountAttributesRequest request) {
    return DescribeAccountAttributesResponse.builder().accountQuotas(quotas.all()).build();
  }
}
