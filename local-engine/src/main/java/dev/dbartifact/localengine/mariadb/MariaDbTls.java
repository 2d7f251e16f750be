package dev.dbartifact.localengine.mariadb;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a server needs to speak TLS.
///
/// @param certificate the file that holds it, and its key
/// @param authority the file with the certificate of who has signed it
/// @param required whether users who do not speak it are turned away, unless their settings say
///   something else
record MariaDbTls(Path certificate, Path authority, boolean required) {
  /// The setting by which a server that was started with TLS is known.
  static final String CERTIFICATE = "ssl_cert";

  /// In place of MariaDB's own; users may choose others.
  Map<String, String> defaults() {
    return required ? Map.of("require_secure_transport", "1") : Map.of();
  }

  /// Whatever users choose.
  Map<String, String> fixed() {
    var settings = new LinkedHashMap<String, String>();
    settings.put(CERTIFICATE, certificate.toString());
    settings.put("ssl_key", certificate.toString());
    settings.put("ssl_ca", authority.toString());
    return settings;
  }
}
