package dev.dbartifact.converger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.MetadataJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The artifact that the tests converge: `orders`, of the cluster `prod-orders`.
public final class Example {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Example() {}

  public static ArtifactMetadata orders() {
    return orders("{}");
  }

  /// With some of its JSON replaced.
  ///
  /// @param patch a JSON merge patch (RFC 7386)
  public static ArtifactMetadata orders(String patch) {
    try (InputStream in = Example.class.getResourceAsStream("/artifacts/orders.json")) {
      JsonNode patched = merged(MAPPER.readTree(in), MAPPER.readTree(patch));
      return MetadataJson.read(MAPPER.writeValueAsBytes(patched), "orders.json");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (InvalidInputException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  public static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!patch.isObject() || !target.isObject()) {
      return patch;
    }
    ObjectNode result = target.deepCopy();
    patch
        .properties()
        .forEach(field -> {
          if (field.getValue().isNull()) {
            result.remove(field.getKey());
          } else {
            JsonNode old = result.path(field.getKey());
            result.set(field.getKey(), merged(old, field.getValue()));
          }
        });
    return result;
  }
}
