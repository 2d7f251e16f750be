package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.record.ParameterValue;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.server.ServerParameter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.Parameter;

/// The parameters of one group: what they are, and what a change makes of them. Pure.
///
/// @param engine those that the group can have, by name
/// @param values those that somebody has set, by name
record GroupParameters(Map<String, ServerParameter> engine, Map<String, ParameterValue> values) {

  private static final int MOST_AT_ONCE = 20;

  private static final Map<String, Function<Parameter, String>> FILTERS =
      Map.of("parameter-name", Parameter::parameterName);

  /// A change.
  ///
  /// @param values all of the group afterwards
  /// @param touched the names that were set, or reset
  /// @param immediate those of them whose values count at once
  record Changed(Map<String, ParameterValue> values, Set<String> touched, Set<String> immediate) {}

  Page<Parameter> describe(String source, List<Filter> filters, String marker, Integer maxRecords) {
    Rules.oneOf("Source", source, "user", "system", "engine-default");
    var all = engine.values().stream().map(this::describe).toList();
    var shown =
        Filters.apply(filters, FILTERS, all).stream()
            .filter(each -> source == null || source.equals(each.source()))
            .toList();
    return Page.of(shown, Parameter::parameterName, marker, maxRecords);
  }

  private Parameter describe(ServerParameter of) {
    var described = ParameterRules.describe(of);
    var value = values.get(of.name());
    return value == null
        ? described
        : described.copy(
            to -> to.parameterValue(value.value()).source("user").applyMethod(value.method()));
  }

  Changed modify(List<Parameter> wanted) {
    requireSome("Parameters", wanted);
    var changed = new TreeMap<>(values);
    var touched = new TreeSet<String>();
    var immediate = new TreeSet<String>();
    for (var each : wanted) {
      var of = find(each);
      touched.add(of.name());
      ParameterRules.check(of, each.parameterValue());
      var method = method(of, each);
      changed.put(of.name(), new ParameterValue(each.parameterValue(), method));
      if (method.equals("immediate")) {
        immediate.add(of.name());
      }
    }
    return new Changed(changed, touched, immediate);
  }

  Changed resetAll() {
    var dynamic = new TreeSet<>(values.keySet());
    dynamic.removeIf(name -> !engine.containsKey(name) || isStatic(engine.get(name)));
    return new Changed(Map.of(), values.keySet(), dynamic);
  }

  Changed reset(List<Parameter> wanted) {
    requireSome("Parameters or ResetAllParameters", wanted);
    var changed = new TreeMap<>(values);
    var touched = new TreeSet<String>();
    var immediate = new TreeSet<String>();
    for (var each : wanted) {
      var of = find(each);
      touched.add(of.name());
      changed.remove(of.name());
      if (method(of, each).equals("immediate")) {
        immediate.add(of.name());
      }
    }
    return new Changed(changed, touched, immediate);
  }

  private static void requireSome(String name, List<Parameter> wanted) {
    Rules.requiredList(name, wanted);
    if (wanted.size() > MOST_AT_ONCE) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "At most %d parameters can be changed in a single request.", MOST_AT_ONCE);
    }
  }

  private ServerParameter find(Parameter wanted) {
    var name = Rules.required("ParameterName", wanted.parameterName());
    var found = engine.get(name.toLowerCase(Locale.ROOT));
    if (found == null) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with("Could not find parameter with name: %s", name);
    }
    return found;
  }

  private static String method(ServerParameter of, Parameter wanted) {
    var method = Rules.required("ApplyMethod", wanted.applyMethodAsString());
    Rules.oneOf("ApplyMethod", method, "immediate", "pending-reboot");
    if (method.equals("immediate") && isStatic(of)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "cannot use immediate apply method for static parameter");
    }
    return method;
  }

  private static boolean isStatic(ServerParameter of) {
    return of.context().equals("postmaster");
  }
}
