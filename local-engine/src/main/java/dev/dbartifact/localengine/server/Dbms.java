package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.program.Daemon;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.volume.Seal;
import dev.dbartifact.localengine.volume.Sharing;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the host asks of one kind of database server. Volumes are given by name, versions are
/// installed ones.
sealed interface Dbms permits PostgresDbms, MariaDbDbms {

  ServerKind kind();

  /// Newest first; empty where it is not installed.
  List<String> versions();

  /// The installed version that works on files of the wanted one.
  Optional<String> choose(String wanted);

  /// What to do where there is none of the wanted versions.
  String advice();

  /// Tells pristine databases of this version from all others.
  String templateName(String version);

  /// Says that a volume is complete.
  Seal seal(String volume, String version);

  Daemon process(String volume);

  /// Fills an empty volume with a pristine database.
  void initialise(String volume, String version) throws IOException;

  /// Makes a copy of a pristine database the wanted one.
  void fill(String volume, String version, NewDatabase database) throws IOException;

  /// Makes one volume a clone of another, whose server may be at work.
  Sharing copy(String source, String clone, Sharing wanted, String version) throws IOException;

  /// @param topology that its server tells, if it is one of Aurora's
  void start(
      String volume,
      String version,
      Listen listen,
      Map<String, String> parameters,
      Optional<Topology> topology)
      throws IOException;

  /// Lets a server tell this from now on.
  default void tell(String volume, String version, Topology topology) throws IOException {}

  /// Brings to the disk what the first start of a clone did not wait for.
  default void flush(String volume, String version) throws IOException {}

  /// Whether the server of one volume runs, at these addresses, and receives what the server of
  /// another writes.
  boolean isFollowing(String source, String reader, String version, Listen listen)
      throws IOException;

  /// Why the server of a reader, which runs, has stopped to follow and does not go on by itself;
  /// nothing as long as it does.
  Optional<String> endOfFollowing(String reader) throws IOException;

  /// Asks before anything is given up for [#follow]. Any server of PostgreSQL that runs can be
  /// followed.
  ///
  /// @throws IOException if the server of the source, which runs, cannot be followed, and why
  default void requireFollowable(String source) throws IOException {}

  /// Makes the volume of a reader, as a clone of that of its source, and starts its server. What it
  /// holds is only a copy of what its source holds: it is made anew each time that its server
  /// starts, so that it can neither lag behind for good nor follow a history that its source has
  /// left.
  void follow(
      String source,
      String reader,
      String version,
      Listen listen,
      Map<String, String> parameters,
      Optional<Topology> topology)
      throws IOException;

  /// Lets the source forget a reader, which is gone.
  void forget(String source, String reader, String version) throws IOException;

  /// Lets the server of a volume let go of what it need not keep; to be called every few seconds.
  default void tidy(String volume, String version) throws IOException {}

  /// Keeps the logs of a volume's server, which may not run, from growing without end; to be called
  /// every few seconds. PostgreSQL begins a file a day, and keeps a week of them.
  default void boundLogs(String volume) throws IOException {}

  /// See [DatabaseHost#reload].
  Map<String, String> reload(
      String volume, String version, Listen listen, Map<String, String> parameters)
      throws IOException;

  /// Lets the running server show a certificate that says this.
  void certify(String volume, String version, Identity identity) throws IOException;

  /// See [DatabaseHost#changeMasterPassword].
  void changePassword(String volume, String version, String user, String verifier)
      throws IOException;

  /// What the server keeps in place of this user's password; empty where there is none.
  Optional<String> verifier(String volume, String version, String user) throws IOException;

  /// What settings a server has that runs on a copy of a pristine database.
  List<ServerParameter> parameters(String volume, String version) throws IOException;
}
