package dev.dbartifact.builder.spec;

/// Where in the INI file stands what can only be judged once the source, or the machine, is known.
public record Places(
    String instanceType,
    String kmsKeyId,
    String subnetIds,
    String tags,
    String window,
    String baseImage) {}
