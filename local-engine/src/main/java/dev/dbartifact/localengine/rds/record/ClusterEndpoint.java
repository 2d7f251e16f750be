package dev.dbartifact.localengine.rds.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBClusterEndpoint;
import software.amazon.awssdk.services.rds.model.Tag;

/// What the engine remembers of a custom endpoint.
///
/// @param storage the volume of the cluster that it belongs to
/// @param address the loopback address that belongs to the endpoint alone
/// @param settings as described, without what its cluster says
public record ClusterEndpoint(
    String storage, String address, List<Tag> tags, DBClusterEndpoint settings) {

  public ClusterEndpoint {
    Objects.requireNonNull(storage, "storage");
    Objects.requireNonNull(address, "address");
    tags = tags == null ? List.of() : List.copyOf(tags);
    Objects.requireNonNull(settings, "settings");
  }

  @JsonIgnore
  String id() {
    return settings.dbClusterEndpointIdentifier();
  }

  @JsonIgnore
  public String resourceId() {
    return settings.dbClusterEndpointResourceIdentifier();
  }

  public ClusterEndpoint tagged(List<Tag> changed) {
    return new ClusterEndpoint(storage, address, changed, settings);
  }

  public ClusterEndpoint describedBy(DBClusterEndpoint changed) {
    return new ClusterEndpoint(storage, address, tags, changed);
  }

  /// Where it names the member, it names it by another name, too.
  public ClusterEndpoint knowing(String member, String alias) {
    return members(name -> name.equals(member) ? Stream.of(member, alias) : Stream.of(name));
  }

  public ClusterEndpoint without(String member) {
    return members(name -> name.equals(member) ? Stream.of() : Stream.of(name));
  }

  private ClusterEndpoint members(Function<String, Stream<String>> change) {
    return describedBy(
        settings.copy(builder ->
            builder
                .staticMembers(settings.staticMembers().stream().flatMap(change).toList())
                .excludedMembers(settings.excludedMembers().stream().flatMap(change).toList())));
  }

  /// Whether connections may lead to this member of the cluster.
  public boolean admits(Instance member, boolean writer) {
    var fits =
        switch (settings.customEndpointType()) {
          case "READER" -> !writer;
          case "WRITER" -> writer;
          default -> true;
        };
    var chosen =
        settings.staticMembers().isEmpty()
            ? !settings.excludedMembers().contains(member.id())
            : settings.staticMembers().contains(member.id());
    return fits && chosen;
  }
}
