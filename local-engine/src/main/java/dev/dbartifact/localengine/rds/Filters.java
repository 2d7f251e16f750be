package dev.dbartifact.localengine.rds;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.Filter;

/// The `Filters` of a listing: an item must have, for every filter, one of its values.
final class Filters {

  private static final int MOST_VALUES = 100;

  private Filters() {}

  /// @param properties the filters that are known, and the value that an item has for each
  static <T> List<T> apply(
      List<Filter> filters, Map<String, Function<T, String>> properties, List<T> items) {
    var left = items.stream();
    for (var filter : filters) {
      var property = properties.get(Rules.required("Filters.Filter.Name", filter.name()));
      if (property == null) {
        throw RdsFault.INVALID_PARAMETER_VALUE.with("Unrecognized filter name: %s", filter.name());
      }
      if (filter.values().isEmpty() || filter.values().size() > MOST_VALUES) {
        throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
            "The filter %s must have between 1 and %d values", filter.name(), MOST_VALUES);
      }
      left = left.filter(item -> filter.values().contains(property.apply(item)));
    }
    return left.toList();
  }
}
