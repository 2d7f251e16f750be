package dev.dbartifact.converger.training;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// MySQL with TLS and `mysql_native_password`.
///
/// The packets are those of "Connection Phase Packets" of MySQL's client/server protocol; numbers
/// are little-endian there.
final class MySqlRehearsal {
  private static final int PROTOCOL = 10;
  private static final int UTF8MB4 = 45;
  private static final int AUTOCOMMIT = 2;
  private static final int ACCESS_DENIED = 1045;

  /// `LONG_PASSWORD`, `CONNECT_WITH_DB`, `PROTOCOL_41`, `SSL`, `TRANSACTIONS`, `SECURE_CONNECTION`,
  /// `PLUGIN_AUTH`.
  private static final int CAPABILITIES = 0x1 | 0x8 | 0x200 | 0x800 | 0x2000 | 0x8000 | 0x80000;

  private MySqlRehearsal() {}

  static void refuse(Socket client, RehearsalTls tls) throws IOException {
    send(new DataOutputStream(client.getOutputStream()), 0, greeting());
    body(new DataInputStream(client.getInputStream())); // SSLRequest
    try (Socket secure = tls.secure(client)) {
      int answer = body(new DataInputStream(secure.getInputStream()));
      send(new DataOutputStream(secure.getOutputStream()), answer + 1, refusal());
    }
  }

  private static byte[] greeting() throws IOException {
    var packet = new ByteArrayOutputStream();
    packet.write(PROTOCOL);
    text(packet, "8.0.0-rehearsal\0");
    number(packet, 1, 4); // the session's id
    text(packet, "salt-for\0");
    number(packet, CAPABILITIES, 2);
    packet.write(UTF8MB4);
    number(packet, AUTOCOMMIT, 2);
    number(packet, CAPABILITIES >> 16, 2);
    packet.write(21); // bytes of salt, with its end
    number(packet, 0, 10);
    text(packet, "a-rehearsal-\0");
    text(packet, "mysql_native_password\0");
    return packet.toByteArray();
  }

  private static byte[] refusal() throws IOException {
    var packet = new ByteArrayOutputStream();
    packet.write(0xff);
    number(packet, ACCESS_DENIED, 2);
    text(packet, "#28000this is a rehearsal");
    return packet.toByteArray();
  }

  private static void text(ByteArrayOutputStream packet, String text) throws IOException {
    packet.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void number(ByteArrayOutputStream packet, int number, int bytes) {
    for (int each = 0; each < bytes; each++) {
      packet.write(each < Integer.BYTES ? number >> (Byte.SIZE * each) : 0);
    }
  }

  private static void send(DataOutputStream out, int sequence, byte[] packet) throws IOException {
    var header = new ByteArrayOutputStream();
    number(header, packet.length, 3);
    header.write(sequence);
    out.write(header.toByteArray());
    out.write(packet);
    out.flush();
  }

  /// @return the packet's sequence number
  private static int body(DataInputStream in) throws IOException {
    int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
    int sequence = in.readUnsignedByte();
    in.skipNBytes(length);
    return sequence;
  }
}
