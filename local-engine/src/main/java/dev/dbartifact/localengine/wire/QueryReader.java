package dev.dbartifact.localengine.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
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
    var text = at.value().orElse("");
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> text;
      case BOOLEAN -> bool(text, at);
      case INSTANT -> timestamp(text, at);
      case SDK_BYTES -> bytes(text, at);
      default -> number(field, text, at);
    };
  }

  private static boolean bool(String text, Parameters at) {
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw malformed(text, at, "true or false");
    };
  }

  private static Instant timestamp(String text, Parameters at) {
    try {
      TemporalAccessor parsed = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text);
      return Instant.from(parsed);
    } catch (DateTimeParseException e) {
      throw malformed(text, at, "a timestamp such as 2030-01-31T12:00:00Z");
    }
  }

  private static SdkBytes bytes(String text, Parameters at) {
    try {
      return SdkBytes.fromByteArray(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw malformed(text, at, "Base64");
    }
  }

  private static Object number(SdkField<?> field, String text, Parameters at) {
    try {
      return switch (field.marshallingType().getKnownType()) {
        case INTEGER -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case SHORT -> Short.valueOf(text);
        case BYTE -> Byte.valueOf(text);
        case FLOAT -> Float.valueOf(text);
        case DOUBLE -> Double.valueOf(text);
        case BIG_DECIMAL -> new BigDecimal(text);
        default -> throw new IllegalStateException("No number: " + field.memberName());
      };
    } catch (NumberFormatException e) {
      throw malformed(text, at, "a number");
    }
  }

  private static RuntimeException malformed(String text, Parameters at, String wanted) {
    return ProtocolFault.VALIDATION_ERROR.with(
        "Value '%s' at '%s' failed to satisfy constraint: Member must be %s"
            .formatted(text, at.path(), wanted));
  }
}
