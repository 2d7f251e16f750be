package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.program.Daemon;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Tells when servers have ended, by themselves or not. It costs next to nothing while they live:
/// the kernel tells of children, and the JDK looks after the servers of an earlier engine every few
/// seconds.
final class ServerWatch {
  private static final Executor THREADS = Thread::startVirtualThread;

  private final Map<String, ProcessHandle> watched = new ConcurrentHashMap<>();
  private volatile Consumer<StorageId> told = _ -> {};

  /// Tells this one from now on.
  void tell(Consumer<StorageId> ended) {
    told = ended;
  }

  /// Watches the server of a volume, which has just been started or found.
  void watch(StorageId volume, Daemon server) throws IOException {
    var process = server.pid().flatMap(ProcessHandle::of);
    if (process.isEmpty()) {
      told.accept(volume);
    } else if (!process.get().equals(watched.put(volume.value(), process.get()))) {
      process.get().onExit().thenRunAsync(() -> ended(volume, process.get()), THREADS);
    }
  }

  private void ended(StorageId volume, ProcessHandle process) {
    watched.remove(volume.value(), process);
    told.accept(volume);
  }

  /// Ends all of them at once. They are told of as ever.
  void endAll() {
    watched.values().forEach(ProcessHandle::destroyForcibly);
  }
}
