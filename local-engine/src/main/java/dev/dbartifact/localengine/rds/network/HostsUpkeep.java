package dev.dbartifact.localengine.rds.network;

import dev.dbartifact.localengine.hosts.Host;
import dev.dbartifact.localengine.hosts.HostsFile;
import dev.dbartifact.localengine.hosts.NamedEndpoints;
import dev.dbartifact.localengine.rds.record.Catalog;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the names of all endpoints in hosts files for as long as the engine runs. Who is answered
/// a name can look it up.
public final class HostsUpkeep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HostsUpkeep.class);

  private final Catalog catalog;
  private final Hosts hosts;
  private final NamedEndpoints named;

  /// Most changes of records are none of these.
  private List<Host> written = List.of();

  private boolean closed;

  public HostsUpkeep(Catalog catalog, Hosts hosts, NamedEndpoints named) {
    this.catalog = catalog;
    this.hosts = hosts;
    this.named = named;
  }

  /// @throws IOException that names the file, if it cannot be written
  public synchronized void begin() throws IOException {
    try {
      write(hosts.all());
    } catch (IOException e) {
      throw new IOException(
          "Could not write the names of endpoints to %s: %s. Run the engine as a user who may, or name a file of your own with --endpoint-names."
              .formatted(named.file().path(), e),
          e);
    }
    catalog.watch(_ -> update());
  }

  /// What has been changed stays changed, also where its name cannot be written: the next change
  /// tries again. Whoever keeps a lock on the file is waited for as long as [HostsFile] says.
  private synchronized void update() {
    var now = hosts.all();
    if (closed || now.equals(written)) {
      return;
    }
    try {
      write(now);
    } catch (IOException e) {
      LOG.warn(
          "Could not write the names of endpoints to {}, where clients look for them: {}. It is tried again with the next change",
          named.file().path(),
          e.toString());
    }
  }

  private void write(List<Host> now) throws IOException {
    for (var file : named.files()) {
      file.write(now);
    }
    written = now;
  }

  @Override
  public synchronized void close() {
    closed = true;
    named.files().forEach(HostsUpkeep::clear);
  }

  private static void clear(HostsFile file) {
    try {
      file.clear();
    } catch (IOException e) {
      LOG.warn(
          "Could not remove the names of endpoints from {}: {}. They lead nowhere now",
          file.path(),
          e.toString());
    }
  }
}
