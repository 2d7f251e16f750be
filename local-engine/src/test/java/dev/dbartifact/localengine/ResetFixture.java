package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.http.SignedCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// An engine whose clones are brought back to their sources, and what one asks it for that.
abstract class ResetFixture extends EngineFixture {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds");
  static final String OWN = "battery-staple";

  /// With an instance, a word that its source has not, and a password of its own.
  DBCluster clone(String id, String source) {
    engine.restore(id, source);
    engine.createInstance(id + "-1", id);
    await(id, "available");
    await(id + "-1");
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier(id).masterUserPassword(OWN).applyImmediately(true));
    TestEngine.await("the password", () -> OWN.equals(engine.volume(cluster(id)).password()));
    engine.await(id, each -> each.pendingModifiedValues() == null);
    write(id, "of " + id);
    return cluster(id);
  }

  DBCluster cluster(String id) {
    return engine.describe(id);
  }

  void await(String id, String status) {
    engine.await(id, each -> each.status().equals(status));
  }

  void await(String instance) {
    engine.awaitInstance(instance, each -> each.dbInstanceStatus().equals("available"));
  }

  void write(String id, String word) {
    host.words.computeIfAbsent(storage(cluster(id)), _ -> new CopyOnWriteArrayList<>()).add(word);
  }

  List<String> words(String id) {
    return host.words.getOrDefault(storage(cluster(id)), List.of());
  }

  SignedCall.Reply ask(String body) {
    try {
      return SignedCall.post(
          engine.engine.endpoint().resolve(StatusService.RESET),
          body,
          "us-west-2",
          StatusService.NAME,
          TestEngine.KEY,
          Waiting.PATIENCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  StatusService.ResetAnswer answer(int status, String... ids) {
    try {
      var json = new ObjectMapper();
      var reply = ask(json.writeValueAsString(Map.of("clusters", ids)));
      assertThat(reply.status()).as(reply.body()).isEqualTo(status);
      return json.readValue(reply.body(), StatusService.ResetAnswer.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void reset(String... ids) {
    assertThat(answer(200, ids).message()).isNull();
  }

  String refusal(String... ids) {
    return answer(400, ids).message();
  }
}
