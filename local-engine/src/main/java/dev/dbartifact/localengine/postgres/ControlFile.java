package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a data directory says of the server that ran on it last: `ControlFileData` in
/// `pg_control.h` of PostgreSQL. The program that shows it, `pg_controldata`, does not come with
/// the bundled PostgreSQL.
public final class ControlFile {

  private static final String NAME = "global/pg_control";

  /// Those by which a server makes room for transactions and their locks, in the file's order.
  public static final List<String> ROOM =
      List.of(
          "max_connections",
          "max_worker_processes",
          "max_wal_senders",
          "max_prepared_transactions",
          "max_locks_per_transaction");

  /// By what the server finds out whether the machine is the one it knows: the alignment, and a
  /// number. They are at another place in each version, but always behind the settings.
  private static final double FLOAT_FORMAT = 1234567.0;

  private static final int ALIGNMENT = 8;

  /// Of `track_commit_timestamp` and the alignment, which lie in between.
  private static final int BETWEEN = 2 * Integer.BYTES;

  private ControlFile() {}

  /// The values of [#ROOM] that the last server had.
  ///
  /// @param data the data directory
  public static Map<String, String> room(Path data) throws IOException {
    var file = data.resolve(NAME);
    var content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    var at = end(content);
    if (at < 0) {
      throw new IOException("%s is none that is known here".formatted(file));
    }
    var values = new LinkedHashMap<String, String>();
    content.position(at - ROOM.size() * Integer.BYTES);
    ROOM.forEach(name -> values.put(name, Integer.toString(content.getInt())));
    return values;
  }

  /// Where the settings end, or -1.
  private static int end(ByteBuffer content) {
    var least = ROOM.size() * Integer.BYTES + BETWEEN;
    for (var at = ALIGNMENT * (least / ALIGNMENT + 1);
        at + Double.BYTES <= content.limit();
        at += ALIGNMENT) {
      if (content.getDouble(at) == FLOAT_FORMAT
          && content.getInt(at - Integer.BYTES) == ALIGNMENT) {
        return at - BETWEEN;
      }
    }
    return -1;
  }
}
