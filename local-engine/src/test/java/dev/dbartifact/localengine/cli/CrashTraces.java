package dev.dbartifact.localengine.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// What the machine shows of an engine at rest, looked at from outside: whatever the engine knows
/// of itself, nothing else of it is there.
record CrashTraces(CrashingEngine engine, MachineView machine) {

  CrashTraces(CrashingEngine engine) throws IOException {
    this(engine, new MachineView(engine.directory().root().toRealPath()));
  }

  void areThoseOfWhatIsThere() throws Exception {
    awaitNone("a process of nobody's", this::strangers);
    awaitNone("a server too many or too few", this::wrongServers);
    awaitNone("a wrong address", this::wrongAddresses);
    awaitNone("a mount of nobody's", this::wrongMounts);
  }

  /// What is looked at.
  @FunctionalInterface
  private interface Look {
    List<String> found() throws IOException;
  }

  /// What the engine does in passing is soon over.
  private void awaitNone(String what, Look look) throws IOException {
    try {
      engine.await("no trace of " + what, () -> look.found().isEmpty());
    } catch (AssertionError e) {
      throw new AssertionError("There is " + what + ": " + look.found(), e);
    }
  }

  private List<String> strangers() throws IOException {
    var seen = machine.processes();
    var own = servers(seen).map(each -> each.process().pid()).collect(Collectors.toSet());
    own.add(pid());
    return seen.stream()
        .filter(each -> !own.contains(each.process().pid()))
        // Its own processes: what the engine runs is over when it is at rest.
        .filter(each -> each.parent() == pid() || !own.contains(each.parent()))
        .map(each -> each.process() + " " + each.line().words())
        .toList();
  }

  private long pid() {
    return engine.launched().process().pid();
  }

  private static Stream<MachineView.Seen> servers(List<MachineView.Seen> seen) {
    return seen.stream().filter(each -> each.volume().isPresent());
  }

  /// One for each instance, on a volume of its own.
  private List<String> wrongServers() throws IOException {
    var volumes =
        servers(machine.processes())
            .map(each -> each.volume().orElseThrow())
            .collect(Collectors.toCollection(TreeSet::new));
    var wrong = volumes.stream().filter(each -> !Files.isDirectory(each)).map(Path::toString);
    return volumes.size() == instances().size()
        ? wrong.toList()
        : List.of(volumes + " for " + instances().size() + " instances");
  }

  private List<DBInstance> instances() {
    return engine.rds().describeDBInstances().dbInstances();
  }

  /// The servers and the engine listen where it says that they do, and nowhere else.
  private List<String> wrongAddresses() throws IOException {
    var processes =
        servers(machine.processes())
            .map(each -> each.process().pid())
            .collect(Collectors.toCollection(HashSet::new));
    processes.add(pid());
    var listening = ListeningPorts.of(processes);
    var known = new HashSet<>(ofInstances());
    var wrong = new ArrayList<String>();
    known.stream()
        .filter(each -> !listening.contains(each))
        .forEach(each -> wrong.add("no " + each));
    known.addAll(ofClusters());
    var api = engine.launched().running().endpoint();
    known.add(new InetSocketAddress(api.getHost(), api.getPort()));
    var unknown = listening.stream().filter(each -> !known.contains(each)).toList();
    if (unknown.size() > pausing()) {
      unknown.forEach(each -> wrong.add("" + each));
    }
    return wrong;
  }

  /// Instances that may pause: the engine listens in place of their servers, which are elsewhere.
  private long pausing() {
    return engine.rds().describeDBClusters().dbClusters().stream()
        .filter(each -> each.serverlessV2ScalingConfiguration() != null)
        .filter(each -> each.serverlessV2ScalingConfiguration().minCapacity() == 0)
        .mapToLong(each -> each.dbClusterMembers().size())
        .sum();
  }

  private Set<InetSocketAddress> ofInstances() {
    return instances().stream()
        .map(DBInstance::endpoint)
        .map(at -> new InetSocketAddress(at.address(), at.port()))
        .collect(Collectors.toSet());
  }

  private Set<InetSocketAddress> ofClusters() {
    return engine.rds().describeDBClusters().dbClusters().stream()
        .flatMap(CrashTraces::addresses)
        .collect(Collectors.toSet());
  }

  private static Stream<InetSocketAddress> addresses(DBCluster cluster) {
    return Stream.concat(
            Stream.of(cluster.endpoint(), cluster.readerEndpoint()),
            cluster.customEndpoints().stream())
        .map(host -> new InetSocketAddress(host, cluster.port()));
  }

  /// The pool, once, where there is one.
  private List<String> wrongMounts() throws IOException {
    var root = machine.directory();
    var pool = Files.exists(root.resolve("pool.img"));
    var mounts = pool ? List.of(root.resolve("pool").toString()) : List.<String>of();
    var loops = pool ? List.of(root.resolve("pool.img").toString()) : List.<String>of();
    return machine.mounts().equals(mounts) && machine.loops().equals(loops)
        ? List.of()
        : List.of(machine.mounts() + " on " + machine.loops());
  }
}
