package dev.dbartifact.localengine.rds.offer;

import dev.dbartifact.localengine.rds.compute.DefaultAuthority;
import dev.dbartifact.localengine.rds.engine.Certification;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.tls.AuthorityFacts;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.rds.model.Certificate;
import software.amazon.awssdk.services.rds.model.DescribeCertificatesRequest;
import software.amazon.awssdk.services.rds.model.DescribeCertificatesResponse;
import software.amazon.awssdk.services.rds.model.ModifyCertificatesRequest;

/// The certificate authorities of RDS, and which of them new instances get: names for the one that
/// the engine has.
public final class Authorities {

  private final DatabaseHost host;
  private final Home home;
  private final DefaultAuthority chosen;

  public Authorities(DatabaseHost host, Home home, DefaultAuthority chosen) {
    this.host = host;
    this.home = home;
    this.chosen = chosen;
  }

  DescribeCertificatesResponse describe(DescribeCertificatesRequest request) {
    Filters.apply(request.filters(), Map.of(), List.of());
    var asked = request.certificateIdentifier();
    Certification.require(asked);
    var authority = authority();
    var page =
        Page.of(
            Certification.AUTHORITIES.stream()
                .filter(each -> asked == null || asked.equals(each))
                .map(each -> certificate(each, authority))
                .toList(),
            Certificate::certificateIdentifier,
            request.marker(),
            request.maxRecords());
    return DescribeCertificatesResponse.builder()
        .defaultCertificateForNewLaunches(chosen.name())
        .certificates(page.items())
        .marker(page.marker())
        .build();
  }

  /// @return the certificate that new instances get from now on
  Certificate modify(ModifyCertificatesRequest request) {
    var wanted = request.certificateIdentifier();
    if ((wanted != null) == Boolean.TRUE.equals(request.removeCustomerOverride())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Exactly one of CertificateIdentifier and RemoveCustomerOverride must be given.");
    }
    if (wanted == null) {
      chosen.reset();
    } else {
      Certification.require(wanted);
      chosen.override(wanted);
    }
    return certificate(chosen.name(), authority());
  }

  private Certificate certificate(String identifier, AuthorityFacts authority) {
    var overriding = chosen.override().filter(identifier::equals).isPresent();
    return Certificate.builder()
        .certificateIdentifier(identifier)
        .certificateType("CA")
        .certificateArn("arn:aws:rds:%s::cert:%s".formatted(home.region(), identifier))
        .thumbprint(authority.thumbprint())
        .validFrom(authority.validFrom())
        .validTill(authority.validTill())
        .customerOverride(overriding)
        .customerOverrideValidTill(overriding ? authority.validTill() : null)
        .build();
  }

  private AuthorityFacts authority() {
    try {
      return host.authority();
    } catch (HostException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
