package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// Signals that servers understand, by their numbers on Linux, where x86 and ARM agree (signal(7)).
/// The JDK itself sends two of them only, and a program that does takes longer to start than some
/// servers to end.
public enum Signal {
  HUP(1),
  INT(2),
  QUIT(3),
  KILL(9),
  TERM(15),
  CONT(18),
  STOP(19);

  private static final int NO_SUCH_PROCESS = 3;

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  /// Sends it, and does not wait for what comes of it.
  ///
  /// @throws IOException if there is no such process, or it is another user's
  public void send(long pid) throws IOException {
    var error = Kill.call(Math.toIntExact(pid), number);
    if (error != 0) {
      throw new IOException(
          error == NO_SUCH_PROCESS
              ? "There is no process %d to send SIG%s to".formatted(pid, this)
              : "Could not send SIG%s to process %d: error %d of kill(2)"
                  .formatted(this, pid, error));
    }
  }

  /// kill(2); apart, as it is bound when it is first needed.
  @SuppressWarnings("restricted")
  private static final class Kill {
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERROR = STATE.varHandle(PathElement.groupElement("errno"));
    private static final MethodHandle FUNCTION =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                Linker.Option.captureCallState("errno"));

    /// What `errno` says; 0 if it is done.
    static int call(int pid, int signal) {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(STATE);
        var result = (int) FUNCTION.invokeExact(state, pid, signal);
        return result == 0 ? 0 : (int) ERROR.get(state, 0L);
      } catch (Throwable e) {
        throw new IllegalStateException("kill(2) could not be called", e);
      }
    }
  }
}
