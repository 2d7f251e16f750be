package dev.dbartifact.builder.image;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.blob.Blob;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.image.Layer;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// A compressed layer that lies in an archive, and is copied from there without being read: its
/// digests are known already.
///
/// @param offset where it begins in the archive, in bytes
record ArchivedLayer(Path archive, long offset, BlobDescriptor descriptor, DescriptorDigest diffId)
    implements Layer, Blob {
  private static final int BUFFER_BYTES = 1 << 18;

  @Override
  public BlobDescriptor writeTo(OutputStream out) throws IOException {
    var buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (var file = FileChannel.open(archive)) {
      long at = offset;
      long end = offset + descriptor.getSize();
      while (at < end) {
        int read = file.read(buffer.clear().limit((int) Math.min(BUFFER_BYTES, end - at)), at);
        if (read < 0) {
          throw new EOFException(archive + " has become shorter while it was read");
        }
        out.write(buffer.array(), 0, read);
        at += read;
      }
    }
    return descriptor;
  }

  @Override
  public boolean isRetryable() {
    return true;
  }

  @Override
  public Blob getBlob() {
    return this;
  }

  @Override
  public BlobDescriptor getBlobDescriptor() {
    return descriptor;
  }

  @Override
  public DescriptorDigest getDiffId() {
    return diffId;
  }
}
