package dev.dbartifact.localengine.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/// The SDK's model classes as JSON, by the wire names that their fields carry.
final class SdkJson extends SimpleModule {

  SdkJson() {
    super("sdk-pojo");
    addSerializer(SdkPojo.class, new Writer());
    setDeserializers(
        new com.fasterxml.jackson.databind.module.SimpleDeserializers() {
          @Override
          public JsonDeserializer<?> findBeanDeserializer(
              JavaType type, DeserializationConfig config, BeanDescription bean) {
            return SdkPojo.class.isAssignableFrom(type.getRawClass())
                ? new Reader(type.getRawClass())
                : null;
          }
        });
  }

  private static final class Writer extends JsonSerializer<SdkPojo> {
    @Override
    public void serialize(SdkPojo pojo, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(tree(pojo), json);
    }

    private static Object tree(Object value) {
      return switch (value) {
        case SdkPojo pojo -> fields(pojo);
        case List<?> list -> list.stream().map(Writer::tree).toList();
        case Map<?, ?> map -> {
          var copy = new LinkedHashMap<Object, Object>();
          map.forEach((key, item) -> copy.put(key, tree(item)));
          yield copy;
        }
        case Instant instant -> instant.toString();
        case SdkBytes bytes -> bytes.asByteArray();
        default -> value;
      };
    }

    private static Map<String, Object> fields(SdkPojo pojo) {
      var fields = new LinkedHashMap<String, Object>();
      for (var field : pojo.sdkFields()) {
        var value = field.getValueOrDefault(pojo);
        if (value != null
            && !(value instanceof SdkAutoConstructList<?>)
            && !(value instanceof SdkAutoConstructMap<?, ?>)) {
          fields.put(field.locationName(), tree(value));
        }
      }
      return fields;
    }
  }

  private static final class Reader extends JsonDeserializer<Object> {
    private final Class<?> type;

    Reader(Class<?> type) {
      this.type = type;
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
      try {
        var builder = (SdkPojo) type.getMethod("builder").invoke(null);
        return build(builder, json.readValueAsTree(), json);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("No builder of " + type, e);
      }
    }

    private static Object build(SdkPojo builder, JsonNode node, JsonParser at)
        throws JsonMappingException {
      for (var property : node.properties()) {
        var field = field(builder, property.getKey(), at);
        field.set(builder, value(field, property.getValue(), at));
      }
      return ((Buildable) builder).build();
    }

    private static SdkField<?> field(SdkPojo builder, String name, JsonParser at)
        throws JsonMappingException {
      for (var field : builder.sdkFields()) {
        if (field.locationName().equals(name)) {
          return field;
        }
      }
      throw JsonMappingException.from(at, "Unknown field " + name);
    }

    private static Object value(SdkField<?> field, JsonNode node, JsonParser at)
        throws JsonMappingException {
      return switch (field.marshallingType().getKnownType()) {
        case SDK_POJO -> build(field.constructor().get(), node, at);
        case LIST -> list(field.getTrait(ListTrait.class).memberFieldInfo(), node, at);
        case MAP -> map(field.getTrait(MapTrait.class).valueFieldInfo(), node, at);
        case STRING -> node.textValue();
        case BOOLEAN -> node.booleanValue();
        case INTEGER -> node.intValue();
        case LONG -> node.longValue();
        case DOUBLE -> node.doubleValue();
        case INSTANT -> Instant.parse(node.textValue());
        case SDK_BYTES -> SdkBytes.fromByteArray(Base64.getDecoder().decode(node.textValue()));
        default -> throw JsonMappingException.from(at, "Unknown type of " + field.memberName());
      };
    }

    private static List<Object> list(SdkField<?> item, JsonNode node, JsonParser at)
        throws JsonMappingException {
      var list = new ArrayList<>();
      for (var each : node) {
        list.add(value(item, each, at));
      }
      return list;
    }

    private static Map<String, Object> map(SdkField<?> item, JsonNode node, JsonParser at)
        throws JsonMappingException {
      var map = new LinkedHashMap<String, Object>();
      for (var entry : node.properties()) {
        map.put(entry.getKey(), value(item, entry.getValue(), at));
      }
      return map;
    }
  }
}
