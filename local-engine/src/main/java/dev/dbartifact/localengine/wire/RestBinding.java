package dev.dbartifact.localengine.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;

/// The fields of a REST request or answer that stand outside of the body: labels of the path, query
/// parameters and headers.
final class RestBinding {

  private RestBinding() {}

  /// Sets what the request carries.
  static void read(SdkPojo builder, Map<String, String> labels, Call call) {
    var query = query(call.uri().getRawQuery());
    for (var field : builder.sdkFields()) {
      switch (field.location()) {
        case PATH, GREEDY_PATH -> set(builder, field, labels.get(field.locationName()));
        case HEADER -> set(builder, field, call.header(lower(field)).orElse(null));
        case QUERY_PARAM -> query(builder, field, query.remove(field.locationName()));
        case PAYLOAD, STATUS_CODE -> {}
      }
    }
    if (!query.isEmpty()) {
      throw ProtocolFault.VALIDATION_ERROR.with(
          "Unknown query parameter: " + query.keySet().iterator().next());
    }
  }

  private static String lower(SdkField<?> field) {
    return field.locationName().toLowerCase(java.util.Locale.ROOT);
  }

  private static void set(SdkPojo builder, SdkField<?> field, String text) {
    if (text != null) {
      field.set(builder, Scalars.read(field, text, field.memberName()));
    }
  }

  private static void query(SdkPojo builder, SdkField<?> field, List<String> values) {
    if (values == null) {
      return;
    }
    if (field.containsTrait(ListTrait.class)) {
      var item = field.getTrait(ListTrait.class).memberFieldInfo();
      field.set(
          builder,
          values.stream().map(text -> Scalars.read(item, text, field.memberName())).toList());
    } else if (values.size() == 1) {
      set(builder, field, values.getFirst());
    } else {
      throw ProtocolFault.VALIDATION_ERROR.with(
          "The query parameter %s is given more than once".formatted(field.locationName()));
    }
  }

  /// The parameters that are not the signature's.
  private static Map<String, List<String>> query(String raw) {
    var query = new LinkedHashMap<String, List<String>>();
    for (var pair : raw == null ? new String[0] : raw.split("&")) {
      var parts = pair.split("=", 2);
      var name = decode(parts[0]);
      if (!name.isEmpty() && !name.startsWith("X-Amz-")) {
        query
            .computeIfAbsent(name, any -> new ArrayList<>())
            .add(parts.length == 2 ? decode(parts[1]) : "");
      }
    }
    return query;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ProtocolFault.MALFORMED_QUERY_STRING.with("The query is malformed: " + e.getMessage());
    }
  }

  /// The headers that an answer carries.
  static Map<String, String> headers(SdkPojo response) {
    var headers = new LinkedHashMap<String, String>();
    for (var field : response.sdkFields()) {
      var value = field.getValueOrDefault(response);
      if (field.location() == MarshallLocation.HEADER && value != null) {
        headers.put(field.locationName(), value.toString());
      }
    }
    return headers;
  }
}
