package dev.dbartifact.converger;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.converger.options.OptionsReader;
import dev.dbartifact.converger.options.StandardInput;
import dev.dbartifact.converger.report.Outcome;
import dev.dbartifact.converger.report.Progress;
import dev.dbartifact.rds.FakeSettings;
import dev.dbartifact.rds.SettingField;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;

/// An account with the source of an artifact in memory, and the converger of that artifact.
abstract class ConvergerFixture {
  static final String PASSWORD = "correct-horse-battery";
  static final ClusterId CLONE = new ClusterId("prod-orders-clone-alice");
  static final ClusterId CREATED = new ClusterId("prod-orders-create-alice");
  final ArtifactMetadata orders = Example.orders();
  final ByteArrayOutputStream told = new ByteArrayOutputStream();
  FakeSurroundings surroundings;

  @BeforeEach
  void anAccountWithTheSource() {
    surroundings = new FakeSurroundings();
    surroundings
        .world
        .with(orders.source().id(), orders.source().settings())
        .withPassword(orders.source().id(), "the-source's-own");
  }

  static UnaryOperator<ClusterSettings> drifted() {
    return settings ->
        FakeSettings.set(
            settings, SettingField.BACKUP_RETENTION, Example.orders().source().settings());
  }

  Outcome converge(String... arguments) throws Exception {
    return prepare(arguments).converge();
  }

  Converger prepare(String... arguments) throws InvalidInputException, InterruptedException {
    return prepare(orders, arguments);
  }

  Converger prepareWith(String password, String... arguments)
      throws InvalidInputException, InterruptedException {
    return prepare(orders, password, arguments);
  }

  Converger prepare(ArtifactMetadata artifact, String... arguments)
      throws InvalidInputException, InterruptedException {
    return prepare(artifact, PASSWORD, arguments);
  }

  Converger prepare(ArtifactMetadata artifact, String password, String[] arguments)
      throws InvalidInputException, InterruptedException {
    var environment = password == null ? Map.<String, String>of() : Map.of("DB_PASSWORD", password);
    var options = OptionsReader.read(List.of(arguments), environment, StandardInput.NONE);
    var progress = new Progress(new PrintStream(told, true, StandardCharsets.UTF_8), false, 80);
    return new Converger(artifact, options, surroundings, progress);
  }
}
