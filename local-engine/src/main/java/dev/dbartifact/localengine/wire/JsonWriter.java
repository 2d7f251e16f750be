package dev.dbartifact.localengine.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/// Writes the SDK's own model classes as JSON, by the wire names that their fields carry.
final class JsonWriter {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(com.fasterxml.jackson.core.JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  private JsonWriter() {}

  static String write(Map<String, Object> tree) {
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Could not write an answer as JSON", e);
    }
  }

  /// Every field of the body that has a value.
  static Map<String, Object> tree(SdkPojo pojo) {
    var tree = new LinkedHashMap<String, Object>();
    for (var field : pojo.sdkFields()) {
      var value = field.getValueOrDefault(pojo);
      if (field.location() == MarshallLocation.PAYLOAD && isSet(value)) {
        tree.put(field.locationName(), value(field, value));
      }
    }
    return tree;
  }

  private static boolean isSet(Object value) {
    return value != null
        && !(value instanceof SdkAutoConstructList<?>)
        && !(value instanceof SdkAutoConstructMap<?, ?>);
  }

  private static Object value(SdkField<?> field, Object value) {
    return switch (value) {
      case null -> null;
      case SdkPojo pojo -> tree(pojo);
      case List<?> list -> list(field.getTrait(ListTrait.class).memberFieldInfo(), list);
      case Map<?, ?> map -> map(field.getTrait(MapTrait.class).valueFieldInfo(), map);
      case Instant instant -> instant(field, instant);
      case SdkBytes bytes -> Base64.getEncoder().encodeToString(bytes.asByteArray());
      case Document document -> document.unwrap();
      case Double number when !Double.isFinite(number) -> number.toString();
      case Float number when !Float.isFinite(number) -> number.toString();
      default -> value;
    };
  }

  private static List<Object> list(SdkField<?> item, List<?> list) {
    var items = new ArrayList<>();
    list.forEach(each -> items.add(value(item, each)));
    return items;
  }

  private static Map<Object, Object> map(SdkField<?> item, Map<?, ?> map) {
    var entries = new LinkedHashMap<>();
    map.forEach((key, each) -> entries.put(key, value(item, each)));
    return entries;
  }

  /// Seconds since the epoch, with milliseconds, unless the model says otherwise.
  private static Object instant(SdkField<?> field, Instant instant) {
    var format = field.getOptionalTrait(TimestampFormatTrait.class);
    return format.isPresent() && format.get().format() == TimestampFormatTrait.Format.ISO_8601
        ? instant.toString()
        : BigDecimal.valueOf(instant.toEpochMilli(), 3);
  }
}
