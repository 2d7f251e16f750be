package dev.dbartifact.rds;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.MetadataJson;
import dev.dbartifact.artifact.Problems;
import dev.dbartifact.artifact.SettingsJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Settings with a value for everything, and with hardly any.
final class SampleSettings {
  static final String FULL =
      """
      {"engine": "aurora-postgresql", "engineVersion": "17.4", "masterUsername": "shop",
       "databaseName": "orders",
       "network": {"subnetGroup": "prod-subnets", "securityGroups": ["sg-0a1b2c3d4e5f60718"],
                   "port": 5433, "publiclyAccessible": true},
       "hardware": {"instanceClass": "db.t4g.medium", "instanceCount": 2,
                    "serverless": {"min": "0.5", "max": "16.0"}},
       "maintenance": {"backupRetentionDays": 7, "backupWindow": "03:00-03:30",
                       "maintenanceWindow": "sun:04:00-sun:04:30",
                       "autoMinorVersionUpgrade": false, "deletionProtection": true,
                       "copyTagsToSnapshots": true},
       "parameters": {"clusterGroup": "prod-cluster", "instanceGroup": "prod-instance"},
       "storage": {"storageType": "aurora-iopt1", "encrypted": true, "kmsKeyId": "arn:aws:kms:us-east-1:1:key/k"},
       "access": {"iamAuthentication": true, "logExports": ["postgresql"]},
       "tags": {"env": "dev"}}
      """;

  private static final String BARE =
      """
      {"engine": "aurora-postgresql", "network": {"securityGroups": []},
       "hardware": {"instanceCount": 1}, "maintenance": {}, "parameters": {}, "storage": {},
       "access": {}, "tags": {}}
      """;

  private SampleSettings() {}

  static ClusterSettings full() {
    return read(FULL);
  }

  static ClusterSettings bare() {
    return read(BARE);
  }

  private static ClusterSettings read(String json) {
    try {
      var problems = new Problems();
      var settings = SettingsJson.readSettings(new ObjectMapper().readTree(json), "$", problems);
      problems.throwIfAny("Could not read sample settings");
      return settings;
    } catch (IOException | InvalidInputException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  /// An artifact called `shop` of a cluster `prod`.
  static ArtifactMetadata artifact() {
    String json =
        """
        {"formatVersion": "1.0", "name": "shop", "builderVersion": "1",
         "source": {"id": "prod", "arn": "arn:aws:rds:us-east-1:123456789012:cluster:prod",
                    "region": "us-east-1", "zones": [], "settings": %1$s},
         "target": %1$s}
        """
            .formatted(FULL);
    try {
      return MetadataJson.read(json.getBytes(StandardCharsets.UTF_8), "sample");
    } catch (InvalidInputException wrong) {
      throw new IllegalStateException(wrong);
    }
  }
}
