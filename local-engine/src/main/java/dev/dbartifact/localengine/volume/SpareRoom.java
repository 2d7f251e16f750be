package dev.dbartifact.localengine.volume;

import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.nio.file.Path;

/// Room that a file was given beforehand (fallocate(2)).
public final class SpareRoom {
  private SpareRoom() {}

  /// Gives back what nothing was ever written to. The file stays as long as it is, and reads the
  /// same. Nobody may write to it meanwhile.
  ///
  /// @throws dev.dbartifact.localengine.program.ProgramFailedException also where the file system
  ///   cannot do that
  public static void giveBack(Path file) throws IOException {
    // Written first, or what the kernel has yet to write would pass for never written.
    var listing = Program.run("filefrag", "-s", "-v", "-b1", file.toString());
    for (var range : FileExtents.unwritten(listing)) {
      Program.run(
          "fallocate",
          "--punch-hole",
          "--offset",
          Long.toString(range.offset()),
          "--length",
          Long.toString(range.length()),
          file.toString());
    }
  }
}
