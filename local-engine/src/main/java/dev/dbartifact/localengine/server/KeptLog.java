package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.postgres.Standby;
import dev.dbartifact.localengine.postgres.WalSegment;
import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.volume.Seal;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// The write-ahead log of a volume since its oldest base, but for what the server has not filled
/// yet. It lies in a volume of its own, so that no clone brings it along, and shares its blocks
/// with the server's files while those are there.
///
/// @param storage the volume whose log it is
record KeptLog(VolumeStore store, String storage) {
  /// Like [Base], no storage.
  private static final String PREFIX = "log.";

  private static final String COMING = "coming";
  private static final int FILES_PER_CALL = 500;

  static boolean isOne(String volume) {
    return volume.startsWith(PREFIX);
  }

  /// The storage whose log is in a volume of that name.
  static String storageOf(String volume) {
    return volume.substring(PREFIX.length());
  }

  String volume() {
    return PREFIX + storage;
  }

  /// By which the server knows what is not kept here yet. It goes when the volume is gone, as that
  /// of a reader.
  String slot() {
    return Standby.slot(volume());
  }

  boolean exists() throws IOException {
    return store.seal(volume()).isPresent();
  }

  /// @param version of the server
  void begin(String version) throws IOException {
    store.discard(volume());
    Files.createDirectory(store.make(volume()).resolve(COMING));
    // Empty as it is, there is nothing to wait for.
    store.seal(Seal.ofPostgres(volume(), version), Sharing.SHARED);
  }

  SortedSet<WalSegment> segments() throws IOException {
    return WalSegment.in(path());
  }

  /// Those that the server still has in its own files.
  SortedSet<WalSegment> live() throws IOException {
    return WalSegment.in(walOf(storage));
  }

  /// Keeps full segments of the server's.
  void take(Collection<WalSegment> segments) throws IOException {
    var coming = Files.createDirectories(path().resolve(COMING));
    copy(walOf(storage), segments, coming);
    for (var segment : segments) {
      Files.move(
          coming.resolve(segment.name()),
          path().resolve(segment.name()),
          StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// Puts everything from that segment on into a directory: what is here, and the rest from the
  /// server's files.
  ///
  /// @param last what the server writes now
  /// @throws IOException if something is missing in between
  void giveTo(Path directory, WalSegment first, WalSegment last) throws IOException {
    var kept = segments().tailSet(first);
    var rest = new TreeSet<>(live().tailSet(first).headSet(last.next()));
    rest.removeAll(kept);
    var all = new TreeSet<>(kept);
    all.addAll(rest);
    if (!WalSegment.span(all, first, last.next())) {
      throw new IOException("parts of its log are not kept any more");
    }
    copy(path(), kept, directory);
    copy(walOf(storage), rest, directory);
  }

  private static void copy(Path from, Collection<WalSegment> segments, Path to) throws IOException {
    var files = segments.stream().map(each -> from.resolve(each.name()).toString()).toList();
    for (var start = 0; start < files.size(); start += FILES_PER_CALL) {
      var command = new ArrayList<>(List.of("cp", "--archive", "--reflink=always", "--"));
      command.addAll(files.subList(start, Math.min(files.size(), start + FILES_PER_CALL)));
      command.add(to.toString());
      Program.run(command);
    }
  }

  void dropBefore(WalSegment first) throws IOException {
    for (var segment : segments().headSet(first)) {
      Files.delete(path().resolve(segment.name()));
    }
  }

  /// Bytes from that segment on, whoever else has a share in them.
  long bytesSince(WalSegment first) throws IOException {
    return segments().tailSet(first).size() * WalSegment.BYTES;
  }

  private Path path() {
    return store.path(volume());
  }

  private Path walOf(String volume) {
    return store.path(volume).resolve(Servers.DATA).resolve("pg_wal");
  }
}
