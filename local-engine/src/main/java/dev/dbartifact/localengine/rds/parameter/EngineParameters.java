package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.ServerParameter;
import dev.dbartifact.localengine.state.StateException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The parameters that groups of a family can have: the settings of the real server.
public final class EngineParameters {

  private final DatabaseHost host;
  private final Versions versions;

  public EngineParameters(DatabaseHost host, Versions versions) {
    this.host = host;
    this.versions = versions;
  }

  Map<String, ServerParameter> ofClusters(String family) {
    return of(family, name -> true);
  }

  Map<String, ServerParameter> ofInstances(String family) {
    return of(family, Engine.ofFamily(family).isAurora() ? ParameterRules::ofInstances : _ -> true);
  }

  private Map<String, ServerParameter> of(String family, Predicate<String> wanted) {
    try {
      var all = new TreeMap<String, ServerParameter>();
      var version = versions.ofFamily(family);
      var server = version.engine().server();
      if (server == ServerKind.POSTGRESQL) {
        ParameterRules.ofRds(version).forEach(each -> all.put(each.name(), each));
      }
      for (var parameter : host.parameters(server, versions.server(version))) {
        all.put(parameter.name(), ParameterRules.onRds(parameter, version));
      }
      all.keySet().removeIf(wanted.negate());
      return all;
    } catch (HostException.OutOfSpace e) {
      // Who asks is to know: a server that says which there are is started once for each version.
      throw new StateException(e.getMessage(), e);
    } catch (HostException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
