package dev.dbartifact.localengine.tls;

import java.time.Instant;
import java.util.Objects;

/// What everybody may know of an authority's own certificate.
///
/// @param thumbprint its SHA-1 digest in hexadecimal digits, by which people compare certificates
public record AuthorityFacts(Instant validFrom, Instant validTill, String thumbprint) {

  public AuthorityFacts {
    Objects.requireNonNull(validFrom, "validFrom");
    Objects.requireNonNull(validTill, "validTill");
    Objects.requireNonNull(thumbprint, "thumbprint");
  }
}
