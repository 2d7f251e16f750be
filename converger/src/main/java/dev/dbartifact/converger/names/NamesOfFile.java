package dev.dbartifact.converger.names;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.nio.file.Path;

/// Lets `DB_ARTIFACT_HOSTS_FILE`, where it is set, say where names lead, before the system is
/// asked. It is for endpoints of the local engine that are made while the converger runs in a
/// container, whose `/etc/hosts` is a copy from its start. The JDK's own `jdk.net.hosts.file` would
/// be for all names, those of AWS and of proxies, too. The JDK finds this class as a service.
public final class NamesOfFile extends InetAddressResolverProvider {

  @Override
  public InetAddressResolver get(Configuration configuration) {
    var file = System.getenv("DB_ARTIFACT_HOSTS_FILE");
    var system = configuration.builtinResolver();
    return file == null || file.isEmpty() ? system : new FileResolver(Path.of(file), system);
  }

  @Override
  public String name() {
    return "names of DB_ARTIFACT_HOSTS_FILE";
  }
}
