package dev.dbartifact.converger;

import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who vouches for the certificates of databases. The bundle is for databases alone: whoever
/// vouches for the API (`AWS_CA_BUNDLE`), often a proxy, does not vouch for databases.
final class Authorities {
  static final String VARIABLE = "DB_ARTIFACT_DB_CA_BUNDLE";

  private Authorities() {}

  /// The file that the environment names. It is looked at before anything is made: to a login, one
  /// that cannot be used is a server that cannot be reached yet.
  ///
  /// @throws InvalidInputException when there are no certificates in it
  static Optional<Path> in(Map<String, String> environment) throws InvalidInputException {
    Optional<Path> file =
        Optional.ofNullable(environment.get(VARIABLE))
            .filter(text -> !text.isEmpty())
            .map(Path::of);
    if (file.isPresent()) {
      check(file.get());
    }
    return file;
  }

  private static void check(Path file) throws InvalidInputException {
    try {
      var text = new ByteArrayInputStream(Files.readAllBytes(file));
      if (CertificateFactory.getInstance("X.509").generateCertificates(text).isEmpty()) {
        throw refusing("there is no certificate in '" + file + "'", null);
      }
    } catch (NoSuchFileException missing) {
      throw refusing("there is no file '" + file + "'", missing);
    } catch (AccessDeniedException denied) {
      throw refusing("'" + file + "' cannot be read: permission denied", denied);
    } catch (IOException unreadable) {
      throw refusing("'" + file + "' cannot be read: " + unreadable.getMessage(), unreadable);
    } catch (CertificateException malformed) {
      throw refusing("'" + file + "' holds no certificates: " + malformed.getMessage(), malformed);
    }
  }

  private static InvalidInputException refusing(String what, Exception cause) {
    var refused =
        new InvalidInputException(
            "Could not read the authorities of databases", List.of(new Problem(VARIABLE, what)));
    refused.initCause(cause);
    return refused;
  }
}
