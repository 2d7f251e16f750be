package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.conformance.Conformance;
import dev.dbartifact.localengine.conformance.Databases;
import dev.dbartifact.localengine.rdsdata.Server;
import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.PostgresHost;
import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.localengine.volume.LoopMount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The checks of conformance on real servers and real volumes.
@Tag("long")
class ConformanceIT {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.storage.ClusterCreation");

  @TempDir Path temporary;

  @BeforeEach
  void open() throws Exception {
    LoopMount.require("mkfs.btrfs", "btrfs-progs");
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private PostgresHost host() throws Exception {
    var data = Files.createDirectory(temporary.resolve("data"));
    return PostgresHost.open(data, PostgresHost.Options.defaults());
  }

  private Path memory() throws Exception {
    return Files.createDirectory(temporary.resolve("memory"));
  }

  @Test
  void theEnginePasses() throws Exception {
    try (var engine = BreakableEngine.start(memory(), host(), new Sessions())) {
      assertThat(Conformance.failures(engine.endpoint())).isEmpty();
    }
  }

  @Test
  void oneThatCopiesAndCallsItCopyOnWriteDoesNot() throws Exception {
    DatabaseHost copying =
        Breakages.instead(
            host(),
            "copy",
            (broken, arguments) -> {
              broken.copy((StorageId) arguments[0], (StorageId) arguments[1], CloneKind.FULL_COPY);
              return arguments[2];
            });
    try (var engine = BreakableEngine.start(memory(), copying, new Sessions())) {
      assertThat(Conformance.failure(engine.endpoint(), "a copy-on-write clone shares its blocks"))
          .isPresent();
      assertThat(Conformance.failure(engine.endpoint(), "a clone has the data of its source"))
          .isEmpty();
    }
  }

  /// Sessions of PostgreSQL, over TCP.
  private static final class Sessions implements Databases {

    @Override
    public void write(Server server, String password, String word) throws Refused {
      try (var connection = connect(server, password);
          var table = connection.createStatement();
          var row = connection.prepareStatement("INSERT INTO words (word) VALUES (?)")) {
        table.execute("SET client_min_messages = warning");
        table.execute(
            "CREATE TABLE IF NOT EXISTS words (id int GENERATED ALWAYS AS IDENTITY, word text)");
        row.setString(1, word);
        row.execute();
      } catch (SQLException e) {
        throw new Refused(e);
      }
    }

    @Override
    public List<String> read(Server server, String password) throws Refused {
      try (var connection = connect(server, password);
          var statement = connection.createStatement()) {
        return isThere(statement) ? words(statement) : List.of();
      } catch (SQLException e) {
        throw new Refused(e);
      }
    }

    /// Who reads makes nothing: a replica could not.
    private static boolean isThere(Statement statement) throws SQLException {
      try (var rows = statement.executeQuery("SELECT to_regclass('words') IS NOT NULL")) {
        return rows.next() && rows.getBoolean(1);
      }
    }

    private static List<String> words(Statement statement) throws SQLException {
      var words = new ArrayList<String>();
      try (var rows = statement.executeQuery("SELECT word FROM words ORDER BY id")) {
        while (rows.next()) {
          words.add(rows.getString(1));
        }
      }
      return words;
    }

    private static Connection connect(Server server, String password) throws SQLException {
      var url =
          "jdbc:postgresql://%s:%d/postgres?connectTimeout=10&socketTimeout=60"
              .formatted(server.address(), server.port());
      return DriverManager.getConnection(url, "shop", password);
    }
  }
}
