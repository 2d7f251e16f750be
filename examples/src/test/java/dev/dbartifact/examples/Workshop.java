package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.migration.JdbcTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.rds.RdsClient;

/// What all acceptance tests share: one local engine with the shop as a source in it, and the
/// artifacts that have been built of it.
final class Workshop implements AutoCloseable {
  static final Secret SOURCE_PASSWORD = Secret.masterPassword("source-Passw0rd");

  /// Of every copy; looked for wherever it must not be.
  static final String PASSWORD = "c0py-Sentinel-4711";

  private static final int ROWS_MIB = 4;
  private static final Path CACHE = Repository.EXAMPLES.resolve("target/cache");

  private final EngineRun engine;
  private final WireTap tap;
  private final RdsClient rds;
  private final JdbcTarget source;
  private final Path home;
  private final Map<Path, String> images = new LinkedHashMap<>();

  private Workshop(EngineRun engine, WireTap tap, RdsClient rds, JdbcTarget source, Path home) {
    this.engine = engine;
    this.tap = tap;
    this.rds = rds;
    this.source = source;
    this.home = home;
  }

  static Workshop open() throws Exception {
    Prerequisites.containerEngine();
    EngineRun engine = EngineRun.start();
    try {
      return new Workshop(
          engine,
          WireTap.before(engine.endpoint()),
          engine.client(),
          makeSource(engine),
          Files.createTempDirectory("db-artifact-home-"));
    } catch (Exception | Error failed) {
      engine.close();
      throw failed;
    }
  }

  static JdbcTarget makeSource(EngineRun engine) throws Exception {
    var nowhere = new PrintStream(OutputStream.nullOutputStream());
    try (RdsClient rds = engine.client()) {
      return new ShopSource(rds, nowhere)
          .make(SOURCE_PASSWORD, Repository.CREATE.resolveSibling("changelog"), ROWS_MIB);
    }
  }

  EngineRun engine() {
    return engine;
  }

  WireTap tap() {
    return tap;
  }

  RdsClient rds() {
    return rds;
  }

  JdbcTarget source() {
    return source;
  }

  /// The home of somebody who has never used AWS.
  Path home() {
    return home;
  }

  ShopCopy copy(String id) {
    return new ShopCopy(id, rds, source);
  }

  /// What programs are told of AWS: everything goes through the [#tap()].
  Map<String, String> aws() {
    return aws(tap.endpoint());
  }

  private Map<String, String> aws(URI endpoint) {
    var variables = new LinkedHashMap<>(engine.variables());
    variables.put("AWS_ENDPOINT_URL", endpoint.toString());
    variables.put("HOME", home.toString());
    return variables;
  }

  Program builder(Path ini) {
    return Program.launcher("db-artifact-builder")
        .with(aws())
        .with("XDG_CACHE_HOME", CACHE.toString())
        .arguments(ini.toString());
  }

  /// The wrapper, asked for JSON.
  Program converger(String image, List<String> arguments) {
    return wrapper(image)
        .with("DB_PASSWORD", PASSWORD)
        .arguments(arguments)
        .arguments("--output", "json");
  }

  Program wrapper(String image) {
    return Program.launcher("db-artifact-converge").with(aws()).arguments("--docker_image", image);
  }

  /// The image of an INI file, built when first asked for.
  String image(Path ini) throws IOException, InterruptedException {
    String known = images.get(ini);
    return known != null ? known : build(ini);
  }

  private String build(Path ini) throws IOException, InterruptedException {
    String tag = "db-artifact-accept-" + ProcessHandle.current().pid() + ":" + (images.size() + 1);
    assertThat(builder(ini).arguments("--tag", tag).run().exits(0).out()).contains(tag);
    images.put(ini, tag);
    return tag;
  }

  @Override
  public void close() throws IOException {
    try (var _ = engine;
        var _ = tap;
        var _ = rds) {
      removeImages();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    Folders.remove(home);
  }

  private void removeImages() throws IOException, InterruptedException {
    for (String image : images.values()) {
      docker("image", "rm", image).run().exits(0);
    }
  }

  /// The container that runs an image of ours. It is found by the tag, not by the ancestor, since
  /// another build of the same inputs is the same image.
  static String container(String image) throws IOException, InterruptedException {
    return docker("ps", "--format", "{{.Image}} {{.ID}}")
        .run()
        .exits(0)
        .out()
        .lines()
        .filter(line -> line.startsWith(image + " "))
        .map(line -> line.substring(image.length() + 1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No container runs " + image));
  }

  static Program docker(String... arguments) {
    return new Program("docker").arguments(arguments).with("PATH", System.getenv("PATH"));
  }
}
