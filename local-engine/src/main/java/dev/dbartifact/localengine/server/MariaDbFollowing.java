package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.mariadb.LockedOutException;
import dev.dbartifact.localengine.mariadb.PasswordHash;
import dev.dbartifact.localengine.mariadb.Received;
import dev.dbartifact.localengine.mariadb.Receiving;
import dev.dbartifact.localengine.mariadb.Replica;
import dev.dbartifact.localengine.mariadb.ReplicaAccounts;
import dev.dbartifact.localengine.volume.Sharing;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes and ends replicas of MariaDB.
record MariaDbFollowing(MariaDbDbms dbms) {
  private static final Logger LOG = LoggerFactory.getLogger(MariaDbFollowing.class);
  private static final int SECRET_BYTES = 32;
  private static final long MOST_LOGGED = 64L << 20;

  /// Whether the server runs, at these addresses, and receives what its source writes.
  boolean underWay(String replica, Listen listen) throws IOException {
    if (dbms.servers().store().seal(replica).isEmpty()
        || !dbms.server(replica).isFenced()
        || !dbms.server(replica).listens(listen.addresses(), listen.port(), listen.tls())) {
      return false;
    }
    try (var session = dbms.server(replica).session()) {
      return new Receiving(session).underWay();
    } catch (LockedOutException e) {
      LOG.warn("The replica {} is made anew. {}", replica, e.getMessage());
      return false;
    }
  }

  /// See [Dbms#endOfFollowing].
  Optional<String> endOfFollowing(String replica) throws IOException {
    try (var session = dbms.server(replica).session()) {
      return new Receiving(session).end();
    }
  }

  /// Makes the volume of the replica, as a clone of that of its source, and starts its server.
  void run(String source, String name, Listen listen, Map<String, String> parameters)
      throws IOException {
    var replica = new Replica(source, name);
    var address = dbms.server(source).address();
    var secret = secret();
    admit(replica, address, secret);
    var made = copy(source, name);
    received(name).from(source);
    CrashPoint.VOLUME_UNSEALED.reached();
    dbms.servers().store().seal(dbms.seal(name, dbms.versions().getFirst()), made);
    CrashPoint.VOLUME_SEALED.reached();
    var server = dbms.server(name);
    server.startReplica(
        listen.addresses(),
        listen.port(),
        listen.tls(),
        parameters,
        Receiving.atStart(replica, address, secret, dbms.servers().authority().bundle()));
    try (var session = server.session()) {
      new Receiving(session).await();
    }
  }

  /// From here on, the source keeps what the replica will ask for.
  private void admit(Replica replica, InetSocketAddress address, String secret) throws IOException {
    try (var session = dbms.server(replica.source()).session()) {
      new ReplicaAccounts(session).admit(replica, address, PasswordHash.of(secret));
    }
  }

  /// The source stands still meanwhile, also where the copy is one moment: commits do not wait for
  /// the disk to have the binary log, and a file system may take its files as they were at moments
  /// that differ by a fraction of a second.
  private Sharing copy(String source, String name) throws IOException {
    return dbms.copyFrozen(source, name, dbms.servers().store().best());
  }

  private Received received(String replica) {
    return new Received(dbms.process(replica).files());
  }

  /// The volumes of those that follow this one.
  Set<String> replicasOf(String source) throws IOException {
    var replicas = new TreeSet<String>();
    for (var name : dbms.servers().store().names()) {
      // Those of an older engine say it in their settings only.
      if (received(name).source().map(source::equals).orElse(dbms.server(name).isReplica())) {
        replicas.add(name);
      }
    }
    return replicas;
  }

  /// Ends what is left of it once the server of a replica writes. Should that be cut short, or its
  /// source not be able to forget it now, the next start does it.
  void end(String name) throws IOException {
    var source = received(name).source();
    if (source.isPresent()) {
      dbms.servers().store().harden(name);
      if (forgotten(new Replica(source.get(), name))) {
        received(name).isOver();
      }
    }
  }

  private boolean forgotten(Replica replica) throws IOException {
    try {
      dismiss(replica);
      return true;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      LOG.warn(
          "'{}' writes, and '{}', which it followed, still has its account and keeps its log for it,"
              + " until one of the two is started again: {}",
          replica.name(),
          replica.source(),
          e.getMessage());
      return false;
    }
  }

  private static String secret() {
    var secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }

  /// Bounds what a source keeps for replicas; a large transaction leaves it with as much.
  void bound(String source) throws IOException {
    var server = dbms.server(source);
    if (server.process().running() && server.logged() > MOST_LOGGED) {
      try (var session = server.session()) {
        new ReplicaAccounts(session).purge();
      }
    }
  }

  /// Lets the source forget the replica, which is gone. One that cannot now is no reason to keep
  /// it: each start forgets those whose volumes do not follow it.
  void forget(Replica replica) throws IOException {
    try {
      dismiss(replica);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      keeps(replica, e);
    }
  }

  private void dismiss(Replica replica) throws IOException {
    if (dbms.process(replica.source()).running()) {
      try (var session = dbms.server(replica.source()).session()) {
        new ReplicaAccounts(session).dismiss(replica);
      } catch (LockedOutException e) {
        keeps(replica, e);
      }
    }
  }

  private static void keeps(Replica replica, IOException e) {
    LOG.warn(
        "'{}' has the account of '{}', which is gone, until it is started again. {}",
        replica.source(),
        replica.name(),
        e.getMessage());
  }
}
