package dev.dbartifact.localengine.postgres;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a server needs to speak TLS.
///
/// @param certificate the file that holds it, and its key
/// @param required whether users who do not speak it are turned away
record ServerTls(Path certificate, boolean required) {

  /// Of `postgresql.conf`.
  Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("ssl", "on");
    settings.put("ssl_cert_file", certificate.toString());
    settings.put("ssl_key_file", certificate.toString());
    return settings;
  }
}
