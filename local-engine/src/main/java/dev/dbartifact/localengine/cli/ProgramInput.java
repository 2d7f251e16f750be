package dev.dbartifact.localengine.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// What a program reads on its standard input.
///
/// The program takes its end for the end of all that is to be done, and psql would commit half a
/// dump: where the rest cannot be read, the program is ended before it learns of an end.
final class ProgramInput {

  private static final int BLOCK = 1 << 16;

  private ProgramInput() {}

  /// Passes on all there is, or as much as the program takes.
  static void feed(Process process, InputStream input) throws IOException, InterruptedException {
    var block = new byte[BLOCK];
    var to = process.getOutputStream();
    var count = read(process, input, block);
    while (count > 0 && isTaken(to, block, count)) {
      count = read(process, input, block);
    }
    close(to);
  }

  private static int read(Process process, InputStream input, byte[] block)
      throws IOException, InterruptedException {
    try {
      return input.read(block);
    } catch (IOException e) {
      process.destroyForcibly().waitFor();
      throw e;
    }
  }

  private static boolean isTaken(OutputStream to, byte[] block, int count) {
    try {
      to.write(block, 0, count);
      return true;
    } catch (IOException e) {
      // It has ended; its exit code says why.
      return false;
    }
  }

  private static void close(OutputStream to) {
    try {
      to.close();
    } catch (IOException e) {
      // As above: what was left in the buffer had no reader.
      return;
    }
  }
}
