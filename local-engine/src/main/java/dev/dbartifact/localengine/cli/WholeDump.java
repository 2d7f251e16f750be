package dev.dbartifact.localengine.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A dump in SQL from a pipe. What writes to a pipe may die, and the pipe just ends: then there is
/// a failure in place of its end.
final class WholeDump extends FilterInputStream {

  private final DumpFrames frames = new DumpFrames();

  WholeDump(InputStream content) {
    super(content);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] block, int from, int most) throws IOException {
    var count = super.read(block, from, most);
    if (count > 0) {
      frames.pass(block, from, count);
    }
    if (count < 0) {
      frames.requireWhole();
    }
    return count;
  }
}
