package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.record.MajorUpgrade;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

/// A request to modify a plain instance, and what is to come of it.
///
/// @param waiting what waits afterwards, unless it is wanted at once
/// @param major the other major version that the instance is to have, if any
/// @param namesMajor whether it is this very request that names one, whose group it may name then
record PlainChange(
    ModifyDbInstanceRequest request,
    PendingModifiedValues waiting,
    Optional<MajorUpgrade> major,
    boolean namesMajor) {

  boolean isWantedAtOnce() {
    return Boolean.TRUE.equals(request.applyImmediately());
  }
}
