package dev.dbartifact.localengine.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/// Reads the parameters of a Query request into the SDK's own request classes, which list their
/// fields with their wire names.
///
/// See "Query protocol" in the Smithy specification, `aws.protocols#awsQuery`.
final class QueryReader {

  private QueryReader() {}

  /// Fills the builder and builds it.
  static Object read(SdkPojo builder, Parameters parameters) {
    var fields = byWireName(builder);
    for (var part : parameters.parts().entrySet()) {
      var field = fields.get(part.getKey());
      if (field == null) {
        throw ProtocolFault.VALIDATION_ERROR.with("Unknown parameter: " + part.getValue().path());
      }
      field.set(builder, value(field, part.getValue()));
    }
    return ((Buildable) builder).build();
  }

  private static Map<String, SdkField<?>> byWireName(SdkPojo pojo) {
    var fields = new HashMap<String, SdkField<?>>();
    for (var field : pojo.sdkFields()) {
      fields.put(field.locationName(), field);
    }
    return fields;
  }

  private static Object value(SdkField<?> field, Parameters at) {
    return switch (field.marshallingType().getKnownType()) {
      case SDK_POJO -> read(field.constructor().get(), at);
      case LIST -> list(field.getTrait(ListTrait.class), at);
      case MAP -> map(field.getTrait(MapTrait.class), at);
      case DOCUMENT, NULL ->
          throw ProtocolFault.VALIDATION_ERROR.with(at.path() + " cannot be given in a Query form");
      default -> scalar(field, at);
    };
  }

  /// `Names.Name.1=a` or `Names.member.1=a`; an empty list is `Names=`.
  private static List<Object> list(ListTrait trait, Parameters at) {
    var items = new TreeMap<Integer, Object>();
    for (var item : numbered(at, trait.isFlattened(), trait.memberLocationName()).entrySet()) {
      items.put(item.getKey(), value(trait.memberFieldInfo(), item.getValue()));
    }
    return new ArrayList<>(items.values());
  }

  /// `Map.entry.1.key=a&Map.entry.1.value=b`.
  private static Map<String, Object> map(MapTrait trait, Parameters at) {
    var entries = new LinkedHashMap<String, Object>();
    for (var entry : numbered(at, trait.isFlattened(), "entry").values()) {
      var key = entry.take(trait.keyLocationName()).orElseThrow(() -> unknown(entry));
      var value = entry.parts().remove(trait.valueLocationName());
      if (value == null || !entry.parts().isEmpty()) {
        throw unknown(entry);
      }
      entries.put(key, value(trait.valueFieldInfo(), value));
    }
    return entries;
  }

  private static Map<Integer, Parameters> numbered(Parameters at, boolean flat, String itemName) {
    if (at.parts().isEmpty() && at.value().filter(String::isEmpty).isPresent()) {
      return Map.of();
    }
    var numbered = new TreeMap<Integer, Parameters>();
    if (flat) {
      at.parts().forEach((key, item) -> numbered.put(index(key, item), item));
    } else {
      for (var names : at.parts().entrySet()) {
        if (!names.getKey().equals(itemName) && !names.getKey().equals("member")) {
          throw unknown(names.getValue());
        }
        names.getValue().parts().forEach((key, item) -> numbered.put(index(key, item), item));
      }
    }
    if (numbered.isEmpty()) {
      throw unknown(at);
    }
    return numbered;
  }

  private static int index(String key, Parameters item) {
    if (!key.matches("[1-9][0-9]{0,4}")) {
      throw unknown(item);
    }
    return Integer.parseInt(key);
  }

  private static RuntimeException unknown(Parameters at) {
    return ProtocolFault.VALIDATION_ERROR.with("Unknown parameter: " + at.path());
  }

  private static Object scalar(SdkField<?> field, Parameters at) {
    if (!at.parts().isEmpty()) {
      throw unknown(at.parts().values().iterator().next());
    }
    return Scalars.read(field, at.value().orElse(""), at.path());
  }
}
