package dev.dbartifact.localengine.wire;

import java.util.Objects;

/// One service of AWS: how it is called on the wire, and who answers.
///
/// @param service the name in a signature's scope, such as `rds`
/// @param version the API version, such as `2014-10-31`
/// @param namespace the XML namespace of its documents
/// @param client the SDK's client interface; each of its methods is an action
/// @param implementation what answers; a method that it does not override is an action not offered
public record Api(
    String service, String version, String namespace, Class<?> client, Object implementation) {

  public Api {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(namespace, "namespace");
    if (!client.isInstance(implementation)) {
      throw new IllegalArgumentException(implementation.getClass() + " is no " + client);
    }
  }
}
