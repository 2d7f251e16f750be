package dev.dbartifact.converger.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Digest;
import dev.dbartifact.artifact.InstanceClass;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Problems;
import dev.dbartifact.artifact.SettingsJson;
import dev.dbartifact.artifact.SubnetId;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.converger.Example;
import dev.dbartifact.converger.options.OptionsReader;
import dev.dbartifact.converger.options.StandardInput;
import dev.dbartifact.converger.state.CurrentState;
import dev.dbartifact.converger.state.DesiredState;
import dev.dbartifact.converger.state.Wishes;
import dev.dbartifact.rds.FoundCluster;
import dev.dbartifact.rds.FoundInstance;
import dev.dbartifact.rds.FoundSubnetGroup;
import dev.dbartifact.rds.OwnTags;
import dev.dbartifact.rds.Seal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One golden case, see the README beside the cases.
final class PlanCase {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ClusterId TARGET = new ClusterId("dev-orders");
  private static final String ARN = "arn:aws:rds:us-east-1:123456789012:";

  private final DesiredState desired;
  private final CurrentState current;

  PlanCase(Path folder) throws IOException, InvalidInputException, InterruptedException {
    desired = desired(MAPPER.readTree(folder.resolve("desired.json").toFile()));
    current = current(MAPPER.readTree(folder.resolve("current.json").toFile()));
  }

  /// The plan, or the reason why there is none.
  String plan() {
    try {
      return Planner.plan(desired, current).toString();
    } catch (NoPlanException none) {
      return none.reason().name().toLowerCase(Locale.ROOT) + ": " + none.getMessage() + "\n";
    }
  }

  private static DesiredState desired(JsonNode json)
      throws InvalidInputException, InterruptedException {
    ArtifactMetadata artifact =
        Example.orders(json.has("artifact") ? json.get("artifact").toString() : "{}");
    var arguments = new ArrayList<String>();
    json.path("options").forEach(option -> arguments.add(option.textValue()));
    var options = OptionsReader.read(arguments, Map.of(), StandardInput.NONE);
    return new Wishes(artifact, options).desired(TARGET, "alice", Instant.EPOCH);
  }

  private CurrentState current(JsonNode json) throws InvalidInputException {
    Optional<FoundCluster> cluster =
        json.has("cluster") ? Optional.of(cluster(json.get("cluster"))) : Optional.empty();
    return new CurrentState(
        cluster,
        subnetGroup(json.path("subnetGroup"), json.path("subnetGroupOf").asText("orders")));
  }

  private static Optional<FoundSubnetGroup> subnetGroup(JsonNode ids, String maker) {
    var zones = new TreeMap<SubnetId, String>(Comparator.comparing(SubnetId::value));
    ids.forEach(id -> zones.put(new SubnetId(id.textValue()), "us-east-1a"));
    return zones.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FoundSubnetGroup(
                TARGET.value(),
                ARN + "subgrp:" + TARGET,
                "vpc-1",
                zones,
                Tags.of(Map.of(OwnTags.NAME, maker))));
  }

  private FoundCluster cluster(JsonNode json) throws InvalidInputException {
    ClusterSettings settings = settings(json);
    var instances = new ArrayList<FoundInstance>();
    if (json.has("instances")) {
      json.get("instances").forEach(each -> instances.add(instance(each, settings)));
    } else {
      instances.add(instance(MAPPER.createObjectNode().put("writer", true), settings));
    }
    return new FoundCluster(
        TARGET,
        ARN + "cluster:" + TARGET,
        json.path("status").asText("available"),
        Optional.of(TARGET + ".cluster.local"),
        Optional.empty(),
        settings,
        instances,
        List.of(),
        Set.of(),
        false,
        Optional.empty());
  }

  private ClusterSettings settings(JsonNode json) throws InvalidInputException {
    ObjectNode asWanted = MAPPER.createObjectNode();
    SettingsJson.writeSettings(desired.settings(), asWanted);
    var tags = asWanted.withObject("/tags");
    tags.put(OwnTags.NAME, json.path("artifact").asText("orders"));
    tags.put(OwnTags.MODE, json.path("mode").asText(desired.mode().toString()));
    if (json.has("source")) {
      tags.put(OwnTags.SOURCE, ARN + "cluster:" + json.get("source").textValue());
    }
    seal(json.path("seal").asText("current"))
        .ifPresent(seal -> tags.put(OwnTags.SEAL, seal.toString()));
    JsonNode patched =
        json.has("settings") ? Example.merged(asWanted, json.get("settings")) : asWanted;
    var problems = new Problems();
    ClusterSettings settings = SettingsJson.readSettings(patched, "$", problems);
    problems.throwIfAny("Could not read current.json");
    return settings;
  }

  private Optional<Seal> seal(String kind) {
    return switch (kind) {
      case "current" -> Optional.of(new Seal(TARGET, desired.fingerprint()));
      case "older" -> Optional.of(new Seal(TARGET, Digest.of(new byte[0])));
      case "none" -> Optional.empty();
      case "of-another" -> Optional.of(new Seal(new ClusterId("another"), desired.fingerprint()));
      default -> throw new IllegalArgumentException("no such seal: " + kind);
    };
  }

  private FoundInstance instance(JsonNode json, ClusterSettings cluster) {
    String id = json.path("id").asText(TARGET + "-1");
    var wish = desired.settings();
    return new FoundInstance(
        new ClusterId(id),
        ARN + "db:" + id,
        json.path("status").asText("available"),
        json.path("writer").asBoolean(false),
        json.has("instanceClass")
            ? Optional.of(new InstanceClass(json.get("instanceClass").textValue()))
            : wish.hardware().instanceClass(),
        json.has("parameterGroup")
            ? Optional.of(json.get("parameterGroup").textValue())
            : wish.parameters().instanceGroup(),
        wish.network().publiclyAccessible().or(() -> Optional.of(false)),
        wish.maintenance().autoMinorVersionUpgrade().or(() -> Optional.of(true)),
        wish.maintenance().maintenanceWindow(),
        Set.of(),
        json.path("parametersInSync").asBoolean(true),
        json.path("untagged").asBoolean(false) ? Tags.none() : cluster.tags());
  }
}
