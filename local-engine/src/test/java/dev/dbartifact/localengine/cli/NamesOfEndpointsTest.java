package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.dbartifact.localengine.hosts.Host;
import dev.dbartifact.localengine.hosts.NamedEndpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the data directory knows of the hosts file, across engines that were killed.
class NamesOfEndpointsTest {

  private static final String OTHERS = "127.0.0.1 localhost\n";

  @TempDir Path folder;

  private EngineDirectory directory() throws IOException {
    return new EngineDirectory(Files.createDirectories(folder.resolve("data")));
  }

  private Path hosts(String name) throws IOException {
    return Files.writeString(folder.resolve(name), OTHERS);
  }

  /// An engine that writes its names, and does not come to remove them.
  private NamedEndpoints killed(Path file) throws IOException {
    var names = NamesOfEndpoints.begin(directory(), Optional.of(file)).orElseThrow();
    for (var each : names.files()) {
      each.write(List.of(new Host("127.77.0.1", "shop." + names.account() + ".example")));
    }
    return names;
  }

  @Test
  void withoutTheOptionThereAreNone() throws IOException {
    assertThat(NamesOfEndpoints.begin(directory(), Optional.empty())).isEmpty();
    NamesOfEndpoints.end(directory());
    assertThat(directory().hostsFile()).doesNotExist();
  }

  @Test
  void theAccountStaysWhatItIs() throws IOException {
    var first = killed(hosts("hosts")).account();
    NamesOfEndpoints.end(directory());

    assertThat(first).matches("c[a-z0-9]{11}");
    assertThat(killed(hosts("other")).account()).isEqualTo(first);
  }

  @Test
  void whatAKilledEngineLeftIsRemovedInTheEnd() throws IOException {
    var file = hosts("hosts");
    killed(file);

    NamesOfEndpoints.end(directory());

    assertThat(file).hasContent(OTHERS);
    assertThat(directory().ownHosts()).isEmptyFile();
    assertThat(directory().hostsFile()).doesNotExist();
  }

  @Test
  void aStartWithAnotherFileOrNoneCleansTheFormerOne() throws IOException {
    var first = hosts("first");
    var second = hosts("second");
    killed(first);

    killed(second);
    assertThat(first).hasContent(OTHERS);

    NamesOfEndpoints.begin(directory(), Optional.empty());
    assertThat(second).hasContent(OTHERS);
  }

  @Test
  void aStartWithTheSameFileLeavesTheNamesWhereTheyAre() throws IOException {
    var file = hosts("hosts");
    killed(file);
    var names = Files.readString(file);

    NamesOfEndpoints.begin(directory(), Optional.of(file));

    assertThat(file).hasContent(names);
  }

  /// A file that cannot be written, whoever runs this: there is a folder in its place.
  private void killedAndLostTheFile() throws IOException {
    var file = hosts("hosts");
    killed(file);
    Files.delete(file);
    Files.createDirectory(file);
  }

  @Test
  void aStartIsToldWhichFormerFileKeepsTheNamesAndWhatToDo() throws IOException {
    killedAndLostTheFile();

    assertThatIOException()
        .isThrownBy(() -> NamesOfEndpoints.begin(directory(), Optional.empty()))
        .withMessageContaining(folder.resolve("hosts").toString())
        .withMessageContaining("by hand");
  }

  @Test
  void anEngineThatStopsGoesOnWithAWarning() throws IOException {
    killedAndLostTheFile();
    var warnings = new ArrayList<String>();

    NamesOfEndpoints.endIfPossible(directory(), warnings::add);

    assertThat(warnings).singleElement().asString().contains(folder.resolve("hosts").toString());
    assertThat(directory().hostsFile()).as("is tried again").exists();
  }

  @Test
  void anAccountThatIsNoneIsRefused() throws IOException {
    Files.writeString(directory().endpointAccount(), "x");

    assertThatIOException()
        .isThrownBy(() -> NamesOfEndpoints.begin(directory(), Optional.of(hosts("hosts"))))
        .withMessageContaining("Remove both");
  }
}
