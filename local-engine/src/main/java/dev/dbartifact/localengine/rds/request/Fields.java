package dev.dbartifact.localengine.rds.request;

import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/// Requests and descriptions share many fields, under the same wire names.
public final class Fields {

  private Fields() {}

  /// Copies the named fields that are set; the rest of `builder` stays as it is.
  public static void copy(SdkPojo from, SdkPojo builder, Set<String> wireNames) {
    for (var field : from.sdkFields()) {
      var value = field.getValueOrDefault(from);
      if (wireNames.contains(field.locationName()) && isSet(value)) {
        set(builder, field.locationName(), value);
      }
    }
  }

  private static boolean isSet(Object value) {
    return switch (value) {
      case null -> false;
      case SdkAutoConstructList<?> unset -> false;
      case SdkAutoConstructMap<?, ?> unset -> false;
      default -> true;
    };
  }

  private static void set(SdkPojo builder, String wireName, Object value) {
    for (var field : builder.sdkFields()) {
      if (field.locationName().equals(wireName)) {
        field.set(builder, value);
        return;
      }
    }
    throw new IllegalArgumentException("No field " + wireName + " in " + builder.getClass());
  }
}
