package dev.dbartifact.converger.training;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import dev.dbartifact.converger.migration.JdbcTarget;
import dev.dbartifact.converger.migration.Login;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Logs in to a server that goes through the whole of SCRAM and refuses in the end: the classes for
/// that take longer to load than a login takes.
///
/// The messages are those of "Message Formats" and "SASL Authentication" of the PostgreSQL manual;
/// what is in them is RFC 5802.
final class LoginRehearsal {
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final String SALT = "cmVoZWFyc2FsLXNhbHQ=";

  private LoginRehearsal() {}

  static Login run() throws IOException {
    try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> refuseOne(door));
      var endpoint =
          new DatabaseEndpoint(
              Engine.AURORA_POSTGRESQL,
              "127.0.0.1",
              new Port(door.getLocalPort()),
              new DatabaseName("postgres"),
              new MasterUsername("training"));
      var target = new JdbcTarget(endpoint, Secret.masterPassword("training-Passw0rd"));
      return Login.attempt(target, Duration.ofSeconds(10));
    }
  }

  private static void refuseOne(ServerSocket door) {
    try (Socket client = door.accept()) {
      var in = new DataInputStream(client.getInputStream());
      var out = new DataOutputStream(client.getOutputStream());
      body(in); // SSLRequest
      out.writeByte('N');
      body(in); // StartupMessage
      authentication(out, SASL, "SCRAM-SHA-256\0\0");
      String nonce = message(in).replaceFirst("(?s).*,r=", "");
      authentication(out, SASL_CONTINUE, "r=" + nonce + "rehearsal,s=" + SALT + ",i=4096");
      message(in);
      refuse(out);
    } catch (IOException ended) {
      // The client notices, and so does whoever asks for its answer.
    }
  }

  private static String message(DataInputStream in) throws IOException {
    in.readByte();
    return body(in);
  }

  private static String body(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt() - Integer.BYTES), StandardCharsets.UTF_8);
  }

  private static void authentication(DataOutputStream out, int kind, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeByte('R');
    out.writeInt(2 * Integer.BYTES + bytes.length);
    out.writeInt(kind);
    out.write(bytes);
    out.flush();
  }

  private static void refuse(DataOutputStream out) throws IOException {
    byte[] fields =
        ("SFATAL\0VFATAL\0C" + Login.WRONG_PASSWORD + "\0Mthis is a rehearsal\0\0")
            .getBytes(StandardCharsets.UTF_8);
    out.writeByte('E');
    out.writeInt(Integer.BYTES + fields.length);
    out.write(fields);
    out.flush();
  }
}
