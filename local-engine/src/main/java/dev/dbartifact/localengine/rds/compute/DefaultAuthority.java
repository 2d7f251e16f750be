package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.engine.Certification;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.CertificateOverride;
import java.util.Optional;

/// The certificate authority that new instances get without asking.
///
/// See ModifyCertificates in the Amazon RDS API Reference.
public final class DefaultAuthority {

  private final Catalog catalog;

  public DefaultAuthority(Catalog catalog) {
    this.catalog = catalog;
  }

  public String name() {
    return override().orElse(Certification.AUTHORITY);
  }

  /// What somebody has put in place of the default of RDS.
  public Optional<String> override() {
    return catalog.certificateOverride().map(CertificateOverride::authority);
  }

  public void override(String authority) {
    catalog.certificateOverrides.put(new CertificateOverride(authority));
  }

  public void reset() {
    catalog
        .certificateOverride()
        .ifPresent(each -> catalog.certificateOverrides.remove(Catalog.ONLY));
  }
}
