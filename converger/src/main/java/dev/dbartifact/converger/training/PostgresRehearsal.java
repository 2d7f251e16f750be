package dev.dbartifact.converger.training;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// PostgreSQL with TLS and SCRAM.
///
/// The messages are those of "Message Formats" and "SASL Authentication" of the PostgreSQL manual;
/// what is in them is RFC 5802.
final class PostgresRehearsal {
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final String SALT = "cmVoZWFyc2FsLXNhbHQ=";

  private PostgresRehearsal() {}

  static void refuse(Socket client, RehearsalTls tls) throws IOException {
    body(new DataInputStream(client.getInputStream())); // SSLRequest
    client.getOutputStream().write('S');
    try (Socket secure = tls.secure(client)) {
      refuse(
          new DataInputStream(secure.getInputStream()),
          new DataOutputStream(secure.getOutputStream()));
    }
  }

  private static void refuse(DataInputStream in, DataOutputStream out) throws IOException {
    body(in); // StartupMessage
    authentication(out, SASL, "SCRAM-SHA-256\0\0");
    String nonce = message(in).replaceFirst("(?s).*,r=", "");
    authentication(out, SASL_CONTINUE, "r=" + nonce + "rehearsal,s=" + SALT + ",i=4096");
    message(in);
    refuse(out);
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
        ("SFATAL\0VFATAL\0C28P01\0Mthis is a rehearsal\0\0").getBytes(StandardCharsets.UTF_8);
    out.writeByte('E');
    out.writeInt(Integer.BYTES + fields.length);
    out.write(fields);
    out.flush();
  }
}
