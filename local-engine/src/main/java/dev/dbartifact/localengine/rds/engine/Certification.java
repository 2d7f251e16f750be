package dev.dbartifact.localengine.rds.engine;

import dev.dbartifact.localengine.rds.request.RdsFault;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import software.amazon.awssdk.services.rds.model.CertificateDetails;

/// What RDS tells of the certificates of servers, and when they are renewed. What it tells is what
/// the servers' certificates say.
public final class Certification {

  /// The default of new instances, as on AWS.
  public static final String AUTHORITY = "rds-ca-rsa2048-g1";

  /// Those of AWS, by name. Here they are names of the one authority that the engine has.
  public static final List<String> AUTHORITIES =
      List.of("rds-ca-ecc384-g1", AUTHORITY, "rds-ca-rsa4096-g1");

  /// As on AWS, which renews them by itself: "Using SSL/TLS to encrypt a connection to a DB
  /// instance or cluster" in the Amazon RDS User Guide.
  private static final Duration LIFE = Duration.ofDays(365);

  private static final Duration LAST_DAYS = Duration.ofDays(30);

  private Certification() {}

  /// @param authority of a request; null for none
  public static void require(String authority) {
    if (authority != null && !AUTHORITIES.contains(authority)) {
      throw RdsFault.CERTIFICATE_NOT_FOUND.with("Certificate not found: %s", authority);
    }
  }

  /// Of a server that gets its certificate now.
  public static CertificateDetails from(Instant now) {
    return CertificateDetails.builder()
        .caIdentifier(AUTHORITY)
        .validTill(now.plus(LIFE).truncatedTo(ChronoUnit.SECONDS))
        .build();
  }

  /// The same certificate, or the one after it where this one ends soon.
  ///
  /// @param details null for an instance of an engine that made none
  public static CertificateDetails renewed(CertificateDetails details, Instant now) {
    var lasts = details != null && details.validTill().minus(LAST_DAYS).isAfter(now);
    return lasts ? details : from(now);
  }
}
