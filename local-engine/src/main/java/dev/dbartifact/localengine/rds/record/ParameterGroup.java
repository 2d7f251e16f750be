package dev.dbartifact.localengine.rds.record;

import java.util.Map;

/// What holds of a DB cluster parameter group and of a DB parameter group alike.
public interface ParameterGroup {

  String name();

  String family();

  /// What was set, by the names of parameters.
  Map<String, ParameterValue> values();
}
