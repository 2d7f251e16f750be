package dev.dbartifact.localengine.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Why something failed, for people: exceptions of the file system often say no more than a path.
final class Reason {

  private Reason() {}

  static String of(IOException failure) {
    return switch (failure) {
      case NoSuchFileException e -> "there is no " + e.getFile();
      case AccessDeniedException e -> "no permission for " + e.getFile();
      case FileAlreadyExistsException e -> e.getFile() + " is in the way";
      case NotDirectoryException e -> e.getFile() + " is no directory";
      default ->
          failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    };
  }
}
