package dev.dbartifact.localengine.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// All resources of one kind: one JSON file each, in a folder of their own.
public final class ResourceFiles<T> {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new SdkJson())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private static final String ENDING = ".json";

  private final Path folder;
  private final Class<T> type;

  public ResourceFiles(Path folder, Class<T> type) {
    AtomicFile.makeFolder(folder);
    this.folder = folder;
    this.type = type;
  }

  /// All resources, by the name that they were written under.
  public Map<String, T> load() {
    var all = new TreeMap<String, T>();
    try (var files = Files.newDirectoryStream(folder, "[!.]*" + ENDING)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        all.put(name.substring(0, name.length() - ENDING.length()), read(file));
      }
    } catch (IOException e) {
      throw new StateException("Could not list " + folder + ": " + e, e);
    }
    return all;
  }

  private T read(Path file) {
    try {
      var value = JSON.readValue(Files.readAllBytes(file), type);
      if (value == null) {
        throw new IOException("it holds nothing");
      }
      return value;
    } catch (IOException e) {
      var reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e;
      throw new StateException(
          "Could not read %s, where the engine keeps a %s: %s. Restore the file, or begin anew with 'db-artifact-local reset'."
              .formatted(file, type.getSimpleName(), reason),
          e);
    }
  }

  /// On return the resource is on the disk.
  public void write(String name, T value) {
    try {
      AtomicFile.write(file(name), JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new StateException("Could not write " + file(name) + ": " + e.getMessage(), e);
    }
  }

  public void remove(String name) {
    AtomicFile.remove(file(name));
  }

  private Path file(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._+-]{0,250}")) {
      throw new IllegalArgumentException("Not a file name: " + name);
    }
    return folder.resolve(name + ENDING);
  }
}
