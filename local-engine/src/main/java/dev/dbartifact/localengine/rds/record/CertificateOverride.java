package dev.dbartifact.localengine.rds.record;

/// The certificate authority that new instances get instead of the default. There is one of these
/// at most.
///
/// @param authority such as `rds-ca-rsa4096-g1`
public record CertificateOverride(String authority) {}
