package dev.dbartifact.localengine.volume;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/// What a complete volume says about itself. It names its volume, so that the seal that a clone
/// brings along from its source does not pass for its own; and the server that its files are for,
/// one of the two.
///
/// @param volume the volume's name
/// @param postgres version of PostgreSQL, such as `17.11`, or null
/// @param mariadb version of MariaDB, such as `10.11.19`, or null
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Seal(String volume, String postgres, String mariadb) {

  public static Seal ofPostgres(String volume, String version) {
    return new Seal(volume, version, null);
  }

  public static Seal ofMariaDb(String volume, String version) {
    return new Seal(volume, null, version);
  }
}
