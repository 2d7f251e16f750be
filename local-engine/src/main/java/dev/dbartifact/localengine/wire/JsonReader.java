package dev.dbartifact.localengine.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
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
import software.amazon.awssdk.utils.builder.Buildable;

/// Reads the body of a JSON request into the SDK's own request classes.
///
/// See `aws.protocols#awsJson1_1` and `aws.protocols#restJson1` in the Smithy specification.
final class JsonReader {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonReader() {}

  /// Sets the fields of the body; an empty one has none.
  static void read(SdkPojo builder, byte[] body) {
    if (body.length > 0) {
      fields(builder, parse(body), "");
    }
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw ProtocolFault.SERIALIZATION.with("The body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("Could not read JSON from memory", e);
    }
  }

  private static Object pojo(SdkField<?> field, JsonNode node, String path) {
    var builder = field.constructor().get();
    fields(builder, node, path);
    return ((Buildable) builder).build();
  }

  private static void fields(SdkPojo builder, JsonNode node, String path) {
    if (!node.isObject()) {
      throw mismatch(node, path, "a structure");
    }
    for (var property : node.properties()) {
      var below = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
      var field = field(builder, property.getKey(), below);
      if (!property.getValue().isNull()) {
        field.set(builder, value(field, property.getValue(), below));
      }
    }
  }

  private static SdkField<?> field(SdkPojo builder, String name, String path) {
    return builder.sdkFields().stream()
        .filter(field -> field.location() == MarshallLocation.PAYLOAD)
        .filter(field -> field.locationName().equals(name))
        .findFirst()
        .orElseThrow(() -> ProtocolFault.SERIALIZATION.with("Unknown member: " + path));
  }

  private static Object value(SdkField<?> field, JsonNode node, String path) {
    return switch (field.marshallingType().getKnownType()) {
      case SDK_POJO -> pojo(field, node, path);
      case LIST -> list(field.getTrait(ListTrait.class).memberFieldInfo(), node, path);
      case MAP -> map(field.getTrait(MapTrait.class).valueFieldInfo(), node, path);
      case STRING -> string(node, path);
      case BOOLEAN -> bool(node, path);
      case INSTANT -> instant(field, node, path);
      case SDK_BYTES -> bytes(node, path);
      case DOCUMENT -> document(node);
      case NULL -> null;
      default -> number(field, node, path);
    };
  }

  private static List<Object> list(SdkField<?> item, JsonNode node, String path) {
    if (!node.isArray()) {
      throw mismatch(node, path, "a list");
    }
    var list = new ArrayList<>();
    for (var each : node) {
      list.add(each.isNull() ? null : value(item, each, path + "." + (list.size() + 1)));
    }
    return list;
  }

  private static Map<String, Object> map(SdkField<?> item, JsonNode node, String path) {
    if (!node.isObject()) {
      throw mismatch(node, path, "a map");
    }
    var map = new LinkedHashMap<String, Object>();
    for (var entry : node.properties()) {
      map.put(entry.getKey(), value(item, entry.getValue(), path + "." + entry.getKey()));
    }
    return map;
  }

  private static String string(JsonNode node, String path) {
    if (!node.isTextual()) {
      throw mismatch(node, path, "a string");
    }
    return node.textValue();
  }

  private static boolean bool(JsonNode node, String path) {
    if (!node.isBoolean()) {
      throw mismatch(node, path, "true or false");
    }
    return node.booleanValue();
  }

  private static SdkBytes bytes(JsonNode node, String path) {
    return Scalars.bytes(string(node, path), path);
  }

  /// Seconds since the epoch unless the model says otherwise.
  private static Instant instant(SdkField<?> field, JsonNode node, String path) {
    var format = field.getOptionalTrait(TimestampFormatTrait.class);
    if (format.isPresent() && format.get().format() == TimestampFormatTrait.Format.ISO_8601) {
      return (Instant) Scalars.read(field, string(node, path), path);
    }
    if (!node.isNumber()) {
      throw mismatch(node, path, "a timestamp in seconds");
    }
    return Instant.ofEpochMilli(node.decimalValue().movePointRight(3).longValue());
  }

  private static Object number(SdkField<?> field, JsonNode node, String path) {
    if (node.isTextual() && List.of("NaN", "Infinity", "-Infinity").contains(node.textValue())) {
      return Scalars.read(field, node.textValue(), path);
    }
    if (!node.isNumber()) {
      throw mismatch(node, path, "a number");
    }
    return Scalars.read(field, plain(node.decimalValue()), path);
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  private static Document document(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> Document.fromString(node.textValue());
      case BOOLEAN -> Document.fromBoolean(node.booleanValue());
      case NUMBER -> Document.fromNumber(node.decimalValue());
      case ARRAY -> {
        var items = new ArrayList<Document>();
        node.forEach(item -> items.add(document(item)));
        yield Document.fromList(items);
      }
      case OBJECT -> {
        var entries = new LinkedHashMap<String, Document>();
        node.properties().forEach(e -> entries.put(e.getKey(), document(e.getValue())));
        yield Document.fromMap(entries);
      }
      default -> Document.fromNull();
    };
  }

  private static RuntimeException mismatch(JsonNode node, String path, String wanted) {
    return ProtocolFault.SERIALIZATION.with(
        "%s: %s can not be converted to %s"
            .formatted(path.isEmpty() ? "The body" : path, node.getNodeType(), wanted));
  }
}
