package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.cli.StartedEngine;
import dev.dbartifact.localengine.state.AtomicFile;
import dev.dbartifact.localengine.tls.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// All files that an engine with a bit of everything keeps outside of its volumes, as they are
/// found in the data directory of one that was killed, are cut off. It goes on as if nothing had
/// been, and its log names them; or is refused with the name of the file.
class CutFilesTest {

  @RegisterExtension
  static final QuietLog QUIET = QuietLog.of("state", "http.UnexpectedFailure", "tls", "rds");

  /// Every length up to here, then one in some: each start of an engine takes its time. Every byte
  /// of a record see [#noRecordThatIsCutOffMeansAnything], of all else `CutSettingsTest` and the
  /// tests of the package `tls`.
  private static final int EACH = 12;

  private static final int STEP = 61;

  @TempDir static Path folder;
  private static final FakeDatabaseHost FIRST = new FakeDatabaseHost();
  private static Path killed;
  private static Path hostsFile;
  private static String before;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger("dev.dbartifact.localengine.state.TwinFile");
  private final Handler collector =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          log.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeAll
  static void kill() throws Exception {
    hostsFile = Files.createFile(folder.resolve("hosts"));
    killed = folder.resolve("killed");
    var directory = folder.resolve("first");
    try (var engine = start(directory, FIRST)) {
      try (var everything = new Everything(engine)) {
        everything.make();
      }
      PowerCut.copy(directory, killed);
    }
    before = seen(scratch());
  }

  @BeforeEach
  void readTheLog() {
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(collector);
  }

  @AfterEach
  void readTheLogNoMore() {
    logger.removeHandler(collector);
    logger.setUseParentHandlers(true);
  }

  private static StartedEngine start(Path directory, FakeDatabaseHost host) throws Exception {
    host.mariaDb = List.of("10.11.19");
    var engine = StartedEngine.start(directory, hostsFile, host);
    try {
      // As a real host does before it opens.
      Authority.open(directory).facts();
      return engine;
    } catch (IOException e) {
      engine.close();
      throw e;
    }
  }

  /// What everybody sees of an engine that is started in a directory.
  private static String seen(Path directory) throws Exception {
    var host = new FakeDatabaseHost();
    host.takeOver(FIRST);
    try (var engine = start(directory, host);
        var everything = new Everything(engine)) {
      return everything.seen();
    }
  }

  /// All that the killed one left, by their places.
  private static Map<Path, byte[]> files() throws IOException {
    var files = new TreeMap<Path, byte[]>();
    try (var all = Files.walk(killed)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        files.put(killed.relativize(file), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static boolean isCopy(Path file) {
    return file.getFileName().toString().matches("\\..*\\.copy");
  }

  private static Path scratch() throws IOException {
    var scratch = Files.createTempDirectory(folder, "cut");
    PowerCut.copy(killed, scratch);
    return scratch;
  }

  @Test
  void withABitOfEverythingThereAreFilesOfAllKinds() throws IOException {
    assertThat(files().keySet().stream().map(each -> each.getName(0).toString()).distinct())
        .contains("credentials", "region", "tls", "state", "endpoint-account", "hosts-file");
    assertThat(
            files().keySet().stream()
                .filter(each -> each.startsWith("state"))
                .map(each -> each.getName(1).toString())
                .distinct())
        .contains("clusters", "instances", "cluster-snapshots", "secrets", "iam-roles")
        .hasSizeGreaterThan(11);
  }

  @Test
  void noRecordThatIsCutOffMeansAnything() throws IOException {
    var json = new ObjectMapper();
    for (var file : files().entrySet()) {
      if (file.getKey().startsWith("state")) {
        var text = file.getValue();
        for (var length = 0; length < text.length; length++) {
          assertThat(isDocument(json, Arrays.copyOf(text, length)))
              .as("%s after %d bytes", file.getKey(), length)
              .isFalse();
        }
      }
    }
  }

  private static boolean isDocument(ObjectMapper json, byte[] text) throws IOException {
    try {
      var tree = json.readTree(text);
      return !tree.isMissingNode() && !tree.isNull();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  @Test
  void theEngineGoesOnWithTheCopies_andSaysSo() throws Exception {
    var longest = files().values().stream().mapToInt(each -> each.length).max().orElseThrow();
    for (var length = 0; length < longest; length += length < EACH ? 1 : STEP) {
      var directory = scratch();
      cutAll(directory, length);
      log.clear();

      assertThat(seen(directory)).as("cut off after %d bytes", length).isEqualTo(before);

      assertBroughtBack(directory, length);
    }
  }

  private static void cutAll(Path directory, int length) throws IOException {
    for (var file : files().entrySet()) {
      if (!isCopy(file.getKey()) && file.getValue().length > length) {
        Files.write(directory.resolve(file.getKey()), Arrays.copyOf(file.getValue(), length));
      }
    }
  }

  /// One whose end is missing means the same without the end of its last line, or nothing. What is
  /// written anew by each start has no copy.
  private void assertBroughtBack(Path directory, int length) throws IOException {
    var files = files();
    for (var file : files.entrySet()) {
      var copy = killed.relativize(AtomicFile.copy(killed.resolve(file.getKey())));
      if (files.containsKey(copy) && file.getValue().length > length + 1) {
        assertThat(log)
            .as("%s, cut off after %d bytes", file.getKey(), length)
            .contains(
                directory.resolve(file.getKey())
                    + " was damaged or lost: the engine goes on with its copy");
      }
    }
  }

  @Test
  void damagedCopiesHarmNothing() throws Exception {
    var directory = scratch();
    for (var file : files().entrySet()) {
      if (isCopy(file.getKey())) {
        Files.write(
            directory.resolve(file.getKey()),
            Arrays.copyOf(file.getValue(), file.getValue().length / 2));
      }
    }
    assertThat(seen(directory)).isEqualTo(before);
  }

  @Test
  void whereTheCopyIsCutOffAsWellTheFileIsNamed() throws Exception {
    var files = files();
    for (var file : files.keySet()) {
      var copy = killed.relativize(AtomicFile.copy(killed.resolve(file)));
      var length = files.get(file).length;
      if (files.containsKey(copy)) {
        for (var cut : List.of(0, length / 2, length - 2)) {
          var directory = scratch();
          Files.write(directory.resolve(file), Arrays.copyOf(files.get(file), cut));
          Files.write(directory.resolve(copy), Arrays.copyOf(files.get(file), cut));
          assertThat(seenOrRefused(directory))
              .as("%s, cut off after %d bytes", file, cut)
              .contains(file.getFileName().toString());
        }
      }
    }
  }

  /// Some services read their files when they are asked first, and answer with what is wrong.
  private static String seenOrRefused(Path directory) {
    try {
      return seen(directory);
    } catch (Exception refused) {
      return refused.getMessage();
    }
  }

  @Test
  void allThatHoldsMoreThanTheEngineRunsForHasACopy() throws IOException {
    var files = files();
    var alone =
        files.keySet().stream()
            .filter(file -> !isCopy(file) && files.get(file).length > 0)
            .filter(file ->
                !files.containsKey(killed.relativize(AtomicFile.copy(killed.resolve(file)))))
            .map(Path::toString)
            .collect(Collectors.toSet());
    assertThat(alone).containsExactlyInAnyOrder("endpoint", "names/hosts");
  }
}
