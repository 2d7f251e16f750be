package dev.dbartifact.builder.image;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/// Passes a tar stream on, without the entries of some names.
///
/// Follows the tar format only as far as Jib writes it for an image: short names, one header block
/// for each entry, content padded to whole blocks.
final class LayerFilter extends FilterOutputStream {
  private static final int BLOCK = 512;

  private final Set<String> dropped;
  private final byte[] header = new byte[BLOCK];
  private int headerFilled;
  private long contentLeft;
  private boolean dropping;

  LayerFilter(OutputStream out, Set<String> dropped) {
    super(out);
    this.dropped = Set.copyOf(dropped);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      int taken = contentLeft > 0 ? passContent(bytes, at, left) : fillHeader(bytes, at, left);
      at += taken;
      left -= taken;
    }
  }

  private int passContent(byte[] bytes, int offset, int length) throws IOException {
    int taken = (int) Math.min(contentLeft, length);
    if (!dropping) {
      out.write(bytes, offset, taken);
    }
    contentLeft -= taken;
    return taken;
  }

  private int fillHeader(byte[] bytes, int offset, int length) throws IOException {
    int taken = Math.min(BLOCK - headerFilled, length);
    System.arraycopy(bytes, offset, header, headerFilled, taken);
    headerFilled += taken;
    if (headerFilled == BLOCK) {
      headerFilled = 0;
      beginEntry();
    }
    return taken;
  }

  private void beginEntry() throws IOException {
    // The end of an archive is blocks of zeros, which read as an entry without name or content.
    var entry = new TarArchiveEntry(header);
    dropping = dropped.contains(entry.getName());
    contentLeft = (entry.getSize() + BLOCK - 1) / BLOCK * BLOCK;
    if (!dropping) {
      out.write(header, 0, BLOCK);
    }
  }
}
