package dev.dbartifact.builder.spec;

import dev.dbartifact.artifact.AccessSettings;
import dev.dbartifact.artifact.ParameterSettings;
import dev.dbartifact.artifact.StorageSettings;
import java.util.List;

/// How the engine of a copy is to be set up: its parameter groups, its storage, who may log in.
public record EngineSpec(
    Wish<String> clusterParameterGroup,
    Wish<String> instanceParameterGroup,
    Wish<String> storageType,
    Wish<String> kmsKeyId,
    Wish<Boolean> iamAuthentication,
    Wish<List<String>> logExports) {
  ParameterSettings parameters(ParameterSettings source) {
    return new ParameterSettings(
        clusterParameterGroup.resolve(source.clusterGroup()),
        instanceParameterGroup.resolve(source.instanceGroup()));
  }

  StorageSettings storage(StorageSettings source) {
    return new StorageSettings(
        storageType.resolve(source.storageType()),
        source.encrypted(),
        kmsKeyId.resolve(source.kmsKeyId()));
  }

  AccessSettings access(AccessSettings source) {
    return new AccessSettings(
        iamAuthentication.resolve(source.iamAuthentication()),
        logExports.resolve(source.logExports()));
  }
}
