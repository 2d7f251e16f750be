package dev.dbartifact.builder.image;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import dev.dbartifact.artifact.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds what is wrong with a target or a base before anything is asked or written.
record ImageJudge(Problems problems) {
  void judge(ImageTarget target) {
    judgeReference(target.reference(), "--tag");
    if (target instanceof ImageTarget.TarFile(var reference, var file)) {
      var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
      if (Files.isDirectory(file)) {
        problems.add("--output", file + " is a folder; name a file in it");
      } else if (!Files.isDirectory(folder)) {
        problems.add("--output", "the folder " + folder + " does not exist; make it first");
      } else if (!Files.isWritable(Files.exists(file) ? file : folder)) {
        problems.add("--output", file + " cannot be written: permission denied");
      }
    }
  }

  /// @param where what names the base
  void judge(BaseImage base, String where) {
    switch (base) {
      case BaseImage.Archive archive -> {}
      case BaseImage.Tar(var file) -> judgeFile(file, where);
      case BaseImage.InRegistry(var reference) -> judgeReference(reference, where);
      case BaseImage.InEngine(var reference) -> judgeReference(reference, where);
    }
  }

  private void judgeFile(Path file, String where) {
    if (!Files.exists(file)) {
      problems.add(where, "the file " + file + " does not exist");
    } else if (Files.isDirectory(file)) {
      problems.add(where, file + " is a folder; accepted is a file that docker save has written");
    } else if (!Files.isReadable(file)) {
      problems.add(where, "the file " + file + " cannot be read: permission denied");
    }
  }

  private void judgeReference(String reference, String where) {
    try {
      ImageReference.parse(reference);
    } catch (InvalidImageReferenceException e) {
      problems.add(
          where,
          "'%s' is not an image reference: NAME[:TAG], lower case, such as db-artifact:1"
              .formatted(reference));
    }
  }
}
