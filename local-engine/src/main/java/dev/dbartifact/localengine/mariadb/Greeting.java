package dev.dbartifact.localengine.mariadb;

import java.io.IOException;
import java.io.InputStream;

/// What a server sends, with another character set in its first packet. There it names its default
/// one, which the driver asks for in its answer, and which no session can have where it is `utf16`,
/// `ucs2` or `utf32`: the server refuses the login.
///
/// See "Connection" in MariaDB's description of its client/server protocol.
final class Greeting extends InputStream {
  /// `utf8mb4_general_ci`
  private static final byte COLLATION = 45;

  private static final int HEADER = 4;
  private static final int PROTOCOL = 10;

  /// The connection's number, the first part of the seed, a zero, and the first abilities.
  private static final int BETWEEN_VERSION_AND_COLLATION = 4 + 8 + 1 + 2;

  private final InputStream from;
  private byte[] first;
  private int at;

  Greeting(InputStream from) {
    this.from = from;
  }

  @Override
  public int read() throws IOException {
    return inFirst() > 0 ? first[at++] & 0xff : from.read();
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    var ready = Math.min(inFirst(), length);
    if (ready == 0) {
      return from.read(to, offset, length);
    }
    System.arraycopy(first, at, to, offset, ready);
    at += ready;
    return ready;
  }

  @Override
  public int available() throws IOException {
    return (first == null ? 0 : first.length - at) + from.available();
  }

  @Override
  public void close() throws IOException {
    from.close();
  }

  /// How much of the first packet is still to be read.
  private int inFirst() throws IOException {
    if (first == null) {
      first = packet();
      changeCollation();
    }
    return first.length - at;
  }

  /// As much of it as comes.
  private byte[] packet() throws IOException {
    var header = from.readNBytes(HEADER);
    if (header.length < HEADER) {
      return header;
    }
    var length = header[0] & 0xff | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
    var body = from.readNBytes(length);
    var packet = new byte[HEADER + body.length];
    System.arraycopy(header, 0, packet, 0, HEADER);
    System.arraycopy(body, 0, packet, HEADER, body.length);
    return packet;
  }

  /// A server that refuses the connection says something else.
  private void changeCollation() {
    if (first.length > HEADER && first[HEADER] == PROTOCOL) {
      var version = HEADER + 1;
      while (version < first.length && first[version] != 0) {
        version++;
      }
      var place = version + 1 + BETWEEN_VERSION_AND_COLLATION;
      if (place < first.length) {
        first[place] = COLLATION;
      }
    }
  }
}
