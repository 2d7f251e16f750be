package dev.dbartifact.localengine;

import dev.dbartifact.localengine.ApiModel.Items;
import dev.dbartifact.localengine.ApiModel.Shape;
import dev.dbartifact.localengine.ApiModel.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/// What is sent for the members of requests, as `model/samples.properties` has it.
final class ModelSamples {

  private static final Path MODEL = Path.of("src/test/resources/model");

  private final Properties samples = properties("samples.properties");

  /// The parameters for a member of the request of an action.
  ///
  /// @param name of the case
  Map<String, String> of(String name, String member, Shape shape) {
    var parameters = new LinkedHashMap<String, String>();
    put(name, member, shape, parameters);
    return parameters;
  }

  private void put(String name, String path, Shape shape, Map<String, String> into) {
    switch (shape) {
      case Structure structure ->
          structure.members().forEach((of, each) -> put(name, path + "." + of, each, into));
      case Items list when list.item() == null -> put(name, path + ".1", list.of(), into);
      case Items list -> put(name, path + "." + list.item() + ".1", list.of(), into);
      case ApiModel.Entries _ -> {}
      case ApiModel.Scalar scalar -> {
        var value = value(name, path.replaceAll("\\.[A-Za-z]+\\.1", ""), scalar.type());
        if (!value.equals("(none)")) {
          into.put(path, value);
        }
      }
    }
  }

  private String value(String name, String member, String type) {
    return Stream.of(name + "." + member, ModelCases.action(name) + "." + member, member, type)
        .map(samples::getProperty)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no sample of a " + type));
  }

  /// One of the files of `model`.
  static Properties properties(String name) {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(MODEL.resolve(name))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return properties;
  }
}
