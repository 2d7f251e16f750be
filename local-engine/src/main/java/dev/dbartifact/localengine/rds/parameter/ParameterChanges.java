package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.ClusterParameterGroup;
import dev.dbartifact.localengine.rds.record.InstanceParameterGroup;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.work.Events;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.Parameter;

/// The actions on the parameters in groups.
public final class ParameterChanges {

  private final Catalog catalog;
  private final ParameterGroups groups;
  private final EngineParameters engine;
  private final ParameterApplication application;
  private final Events events;

  public ParameterChanges(
      Catalog catalog,
      ParameterGroups groups,
      EngineParameters engine,
      ParameterApplication application,
      Events events) {
    this.catalog = catalog;
    this.groups = groups;
    this.engine = engine;
    this.application = application;
    this.events = events;
  }

  GroupParameters ofCluster(String name) {
    return of(groups.ofClusters().find(required("DBClusterParameterGroupName", name)));
  }

  GroupParameters ofInstance(String name) {
    return of(groups.ofInstances().find(required("DBParameterGroupName", name)));
  }

  private GroupParameters of(ClusterParameterGroup group) {
    return new GroupParameters(engine.ofClusters(group.family()), group.values());
  }

  private GroupParameters of(InstanceParameterGroup group) {
    return new GroupParameters(engine.ofInstances(group.family()), group.values());
  }

  String modifyCluster(String name, List<Parameter> wanted) {
    return changeCluster(name, parameters -> parameters.modify(wanted));
  }

  String modifyInstance(String name, List<Parameter> wanted) {
    return catalog.changing(() -> {
      var id = changeInstance(name, parameters -> parameters.modify(wanted));
      wanted.forEach(each -> tell(groups.ofInstances().find(id), each));
      return id;
    });
  }

  /// Nothing tells of parameters that are reset, or of the groups of clusters: RDS has no such
  /// events.
  private void tell(InstanceParameterGroup group, Parameter changed) {
    events.ofParameterGroup(
        group,
        "Updated parameter %s to %s with apply method %s"
            .formatted(
                changed.parameterName().toLowerCase(Locale.ROOT),
                changed.parameterValue(),
                changed.applyMethodAsString()));
  }

  String resetCluster(String name, Boolean all, List<Parameter> wanted) {
    return changeCluster(name, reset(all, wanted));
  }

  String resetInstance(String name, Boolean all, List<Parameter> wanted) {
    // An instance's group is reset as a whole unless the request says otherwise.
    var whole = all == null ? Boolean.valueOf(wanted.isEmpty()) : all;
    return changeInstance(name, reset(whole, wanted));
  }

  private static Function<GroupParameters, GroupParameters.Changed> reset(
      Boolean all, List<Parameter> wanted) {
    if (Boolean.TRUE.equals(all) && !wanted.isEmpty()) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Parameters cannot be given when ResetAllParameters is true.");
    }
    return Boolean.TRUE.equals(all)
        ? GroupParameters::resetAll
        : parameters -> parameters.reset(wanted);
  }

  private String changeCluster(
      String name, Function<GroupParameters, GroupParameters.Changed> change) {
    ofCluster(name);
    return catalog.changing(() -> {
      var group = groups.ofClusters().find(name);
      var id = group.name();
      GroupRules.refuseDefault(id, "modified");
      var changed = change.apply(of(group));
      catalog.clusterParameterGroups.put(group.holding(changed.values()));
      application.clusterGroupChanged(id, changed);
      return id;
    });
  }

  private String changeInstance(
      String name, Function<GroupParameters, GroupParameters.Changed> change) {
    ofInstance(name);
    return catalog.changing(() -> {
      var group = groups.ofInstances().find(name);
      var id = group.name();
      GroupRules.refuseDefault(id, "modified");
      var changed = change.apply(of(group));
      catalog.instanceParameterGroups.put(group.holding(changed.values()));
      application.instanceGroupChanged(id, changed);
      return id;
    });
  }

  GroupParameters defaultsOfClusters(String family) {
    groups.requireFamily(family);
    return new GroupParameters(engine.ofClusters(family), Map.of());
  }

  GroupParameters defaultsOfInstances(String family) {
    groups.requireFamily(family);
    return new GroupParameters(engine.ofInstances(family), Map.of());
  }

  private static String required(String parameter, String name) {
    return Rules.required(parameter, name);
  }
}
