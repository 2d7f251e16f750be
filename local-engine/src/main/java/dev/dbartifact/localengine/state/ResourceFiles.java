package dev.dbartifact.localengine.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
  private static final String GOES_ON = "~";

  /// File systems allow 255, and what replaces a copy has the longest name: `..NAME.json.copy.new`.
  private static final int LONGEST = 239;

  private static final Pattern NAMED = Pattern.compile("([^.].*)\\.json|\\.([^.].*)\\.json\\.copy");

  private final Path folder;
  private final Class<T> type;

  /// @param folder is made with the first resource: there is nothing to write before
  public ResourceFiles(Path folder, Class<T> type) {
    this.folder = folder;
    this.type = type;
  }

  /// All resources, by the name that they were written under.
  public Map<String, T> load() {
    var all = new TreeMap<String, T>();
    names().forEach(name -> all.put(name, read(file(name))));
    return all;
  }

  private Set<String> names() {
    return Files.notExists(folder) ? Set.of() : names(folder, "");
  }

  /// @param beginning of all names in this folder, see [#file]
  private static Set<String> names(Path in, String beginning) {
    var names = new TreeSet<String>();
    for (var file : entries(in)) {
      var name = file.getFileName().toString();
      var found = NAMED.matcher(name);
      if (found.matches()) {
        names.add(beginning + (found.group(1) == null ? found.group(2) : found.group(1)));
      } else if (name.endsWith(GOES_ON) && Files.isDirectory(file)) {
        names.addAll(names(file, beginning + name));
      }
    }
    return names.stream()
        .map(name -> name.replace(GOES_ON, ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> entries(Path in) {
    try (var files = Files.list(in)) {
      return files.toList();
    } catch (IOException e) {
      throw new StateException("Could not list " + in + ": " + e, e);
    }
  }

  private T read(Path file) {
    try {
      return TwinFile.recovered(file, this::parsed);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private T parsed(byte[] content) throws IOException {
    var value = JSON.readValue(content, type);
    if (value == null) {
      throw new IOException("it holds nothing");
    }
    return value;
  }

  private StateException unreadable(Path file, IOException e) {
    var reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e;
    return new StateException(
        "Could not read %s, where the engine keeps a %s, nor its copy %s: %s. Restore one of them, or move both away: what they account for is then set aside, not removed."
            .formatted(file, type.getSimpleName(), AtomicFile.copy(file).getFileName(), reason),
        e);
  }

  /// On return the resource is on the disk.
  public void write(String name, T value) {
    var file = file(name);
    AtomicFile.makeFolder(file.getParent());
    try {
      AtomicFile.writeTwice(file, JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new StateException("Could not write " + file + ": " + e.getMessage(), e);
    }
  }

  public void remove(String name) {
    AtomicFile.removeBoth(file(name));
  }

  /// A name that is longer than that of a file can be goes on in a folder, `beginning~`, with the
  /// file `~rest.json`; no other name has that character. The folder stays when the file goes.
  private Path file(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._+-]{0,1000}")) {
      throw new IllegalArgumentException("Not a file name: " + name);
    }
    var in = folder;
    var rest = name;
    while (rest.length() > LONGEST) {
      in = in.resolve(rest.substring(0, LONGEST) + GOES_ON);
      rest = GOES_ON + rest.substring(LONGEST);
    }
    return in.resolve(rest + ENDING);
  }
}
