package dev.dbartifact.localengine.rds.request;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.Filter;

/// The `Filters` of a listing: an item must have, for every filter, one of its values.
public final class Filters {

  private static final int MOST_VALUES = 100;

  private Filters() {}

  /// @param properties the filters that are known, and the value that an item has for each
  public static <T> List<T> apply(
      List<Filter> filters, Map<String, Function<T, String>> properties, List<T> items) {
    var left = items.stream();
    for (var filter : filters) {
      var property = properties.get(Rules.required("Filters.Filter.Name", filter.name()));
      if (property == null) {
        throw RdsFault.INVALID_PARAMETER_VALUE.with("Unrecognized filter name: %s", filter.name());
      }
      requireValues(filter);
      if (filter.name().equals("engine")) {
        filter.values().forEach(EngineNames::requireKnown);
      }
      left = left.filter(item -> filter.values().contains(property.apply(item)));
    }
    return left.toList();
  }

  private static void requireValues(Filter filter) {
    if (filter.values().isEmpty()) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The filter %s must not be empty.", filter.name());
    }
    if (filter.values().size() > MOST_VALUES) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The filter %s must have at most %d values", filter.name(), MOST_VALUES);
    }
  }

  /// With names in place of ARNs, in lower case as names are kept, for the filters by name.
  ///
  /// @param kinds the kind of ARN that each filter by name takes, as in [Home#arn]
  public static List<Filter> named(List<Filter> filters, Home home, Map<String, String> kinds) {
    return filters.stream()
        .map(filter ->
            kinds.containsKey(filter.name())
                ? filter.copy(to -> to.values(names(filter, home, kinds.get(filter.name()))))
                : filter)
        .toList();
  }

  private static List<String> names(Filter filter, Home home, String kind) {
    return filter.values().stream()
        .map(value -> home.name(kind, value).toLowerCase(Locale.ROOT))
        .toList();
  }
}
