package dev.dbartifact.localengine.route53;

import dev.dbartifact.localengine.state.Shelf;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeStatus;

/// All hosted zones, and the changes on their way to the name servers.
final class Zones {

  /// A change is forgotten after that.
  private static final Duration KEPT = Duration.ofDays(1);

  private final ReentrantLock changing = new ReentrantLock(true);
  private final Shelf<StoredZone> zones;
  private final Shelf<StoredChange> changes;
  private final Clock clock;
  private final Duration propagation;

  Zones(Path folder, Clock clock, Duration propagation) {
    this.zones = new Shelf<>(folder.resolve("hosted-zones"), StoredZone.class, StoredZone::id);
    this.changes = new Shelf<>(folder.resolve("dns-changes"), StoredChange.class, StoredChange::id);
    this.clock = clock;
    this.propagation = propagation;
  }

  /// @param change as it was answered, PENDING
  record StoredChange(String id, ChangeInfo change) {}

  /// Runs a look-and-change with no other change in between.
  <T> T changing(Supplier<T> change) {
    changing.lock();
    try {
      return change.get();
    } finally {
      changing.unlock();
    }
  }

  /// By name, then by id.
  List<StoredZone> all() {
    return zones.all().stream()
        .sorted(Comparator.comparing(StoredZone::name).thenComparing(StoredZone::id))
        .toList();
  }

  /// @param id with or without `/hostedzone/`
  StoredZone find(String id) {
    if (id == null || id.isEmpty()) {
      throw DnsFault.INVALID_INPUT.with("The hosted zone's ID is missing");
    }
    var bare = id.replaceFirst("^/?hostedzone/", "");
    return zones
        .find(bare)
        .orElseThrow(
            () -> DnsFault.NO_SUCH_HOSTED_ZONE.with("No hosted zone found with ID: %s", bare));
  }

  /// A network could not tell two zones of one name apart. The words are AWS's.
  void requireAlone(StoredZone added) {
    for (var network : added.networks()) {
      all().stream()
          .filter(each -> each.name().equals(added.name()) && each.isIn(network))
          .findFirst()
          .ifPresent(there -> {
            throw DnsFault.CONFLICTING_DOMAIN_EXISTS.with(
                "The VPC %s in region %s has already been associated with the hosted zone %s with"
                    + " the same domain name.",
                network.vpcId(), network.vpcRegionAsString(), there.id());
          });
    }
  }

  void put(StoredZone zone) {
    zones.put(zone);
  }

  void remove(StoredZone zone) {
    zones.remove(zone.id());
  }

  /// Begins to tell the name servers.
  ChangeInfo submit(String comment) {
    var now = clock.instant();
    changes.all().stream()
        .filter(each -> each.change().submittedAt().isBefore(now.minus(KEPT)))
        .forEach(each -> changes.remove(each.id()));
    var id = NewZone.id('C');
    var change =
        ChangeInfo.builder()
            .id("/change/" + id)
            .status(ChangeStatus.PENDING)
            .submittedAt(now)
            .comment(comment)
            .build();
    changes.put(new StoredChange(id, change));
    return change;
  }

  ChangeInfo change(String id) {
    var bare = id == null ? "" : id.replaceFirst("^/?change/", "");
    var change =
        changes
            .find(bare)
            .orElseThrow(
                () -> DnsFault.NO_SUCH_CHANGE.with("Could not find resource with ID: %s", bare))
            .change();
    var done = !clock.instant().isBefore(change.submittedAt().plus(propagation));
    return done ? change.copy(to -> to.status(ChangeStatus.INSYNC)) : change;
  }
}
