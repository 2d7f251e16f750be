package dev.dbartifact.localengine.conformance;

import dev.dbartifact.localengine.server.Usage;
import java.time.Duration;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.RdsClient;

/// What is checked: an RDS endpoint, and what stands behind it.
///
/// @param rds the SDK's client, which talks to it over the wire
/// @param bytes what a cluster takes, by its name
/// @param patience how long what must happen may take
public record Endpoint(
    RdsClient rds, Databases databases, Function<String, Usage> bytes, Duration patience) {}
