package dev.dbartifact.localengine.wire;

import java.util.Objects;

/// One service of AWS, as it is called on the wire.
///
/// @param service the name in a signature's scope, such as `rds`
/// @param version the API version, such as `2014-10-31`
/// @param namespace the XML namespace of its documents; for JSON what stands before the dot in the
///   header X-Amz-Target
/// @param client the SDK's client interface; each of its methods is an action
public record Api(String service, String version, String namespace, Class<?> client) {

  public Api {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(client, "client");
  }
}
