package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.program.Daemon;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Tells when servers have ended, by themselves or not. It costs next to nothing while they live:
/// the kernel tells of children, and the JDK looks after the servers of an earlier engine every few
/// seconds.
final class ServerWatch {
  private static final Executor THREADS = Thread::startVirtualThread;

  private final Map<String, Long> watched = new ConcurrentHashMap<>();
  private volatile Consumer<StorageId> told = _ -> {};

  /// Tells this one from now on.
  void tell(Consumer<StorageId> ended) {
    told = ended;
  }

  /// Watches the server of a volume, which has just been started or found.
  void watch(StorageId volume, Daemon server) throws IOException {
    var pid = server.pid();
    if (pid.isEmpty()) {
      told.accept(volume);
    } else if (!Objects.equals(watched.put(volume.value(), pid.get()), pid.get())) {
      ProcessHandle.of(pid.get())
          .ifPresentOrElse(
              process -> process.onExit().thenRunAsync(() -> ended(volume, process.pid()), THREADS),
              () -> ended(volume, pid.get()));
    }
  }

  private void ended(StorageId volume, long pid) {
    watched.remove(volume.value(), pid);
    told.accept(volume);
  }
}
