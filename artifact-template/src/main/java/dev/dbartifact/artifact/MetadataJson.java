package dev.dbartifact.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// The JSON form of [ArtifactMetadata], as `docs/artifact-format.md` specifies it. Writing the same
/// metadata always gives the same bytes.
public final class MetadataJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private MetadataJson() {}

  public static byte[] write(ArtifactMetadata metadata) {
    ObjectNode document = MAPPER.createObjectNode();
    document.put("formatVersion", metadata.formatVersion().toString());
    document.put("name", metadata.name().value());
    document.put("builderVersion", metadata.builderVersion());
    SettingsJson.writeSource(metadata.source(), document.putObject("source"));
    metadata.targetId().ifPresent(id -> document.put("targetId", id.value()));
    SettingsJson.writeSettings(metadata.target(), document.putObject("target"));
    metadata.changelog().ifPresent(changelog -> write(changelog, document.putObject("changelog")));
    return (document.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void write(Changelog changelog, ObjectNode node) {
    node.put("path", changelog.path());
    node.put("files", changelog.files());
    node.put("digest", changelog.digest().value());
  }

  /// Reads metadata that a builder wrote.
  ///
  /// @param from where the bytes come from, for messages
  /// @throws InvalidInputException when the text is no JSON, is of another major format, or holds
  ///   anything that the format does not allow; every problem names its JSON path
  public static ArtifactMetadata read(byte[] json, String from) throws InvalidInputException {
    var problems = new Problems();
    JsonNode document = parse(json, problems);
    problems.throwIfAny("Could not read artifact metadata from " + from);
    ArtifactMetadata metadata = read(document, problems);
    problems.throwIfAny("Could not read artifact metadata from " + from);
    return metadata;
  }

  private static JsonNode parse(byte[] json, Problems problems) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException malformed) {
      var at = malformed.getLocation();
      problems.add(
          "line " + at.getLineNr() + ", column " + at.getColumnNr(),
          "is not JSON: " + malformed.getOriginalMessage());
      return MAPPER.createObjectNode();
    } catch (java.io.IOException unreadable) {
      problems.add("$", "is not JSON: " + unreadable.getMessage());
      return MAPPER.createObjectNode();
    }
  }

  private static ArtifactMetadata read(JsonNode document, Problems problems) {
    var fields = new JsonFields(document, "$", problems);
    FormatVersion version = fields.required("formatVersion", FormatVersion::parse);
    if (version == null || refused(version, problems)) {
      return null;
    }
    ArtifactName name = fields.required("name", ArtifactName::new);
    String builderVersion = fields.required("builderVersion", Function.identity());
    SourceCluster source = SettingsJson.readSource(fields.object("source"));
    var targetId = fields.optional("targetId", ClusterId::new);
    ClusterSettings target = SettingsJson.readSettings(fields.object("target"));
    var changelog = fields.optionalObject("changelog").map(MetadataJson::readChangelog);
    if (!FormatVersion.CURRENT.mayLackFieldsOf(version)) {
      fields.refuseUnknown();
    }
    return fields.make(() ->
        new ArtifactMetadata(version, name, source, targetId, target, changelog, builderVersion));
  }

  private static boolean refused(FormatVersion version, Problems problems) {
    boolean refused = FormatVersion.CURRENT.mustRefuse(version);
    if (refused) {
      problems.add(
          "$.formatVersion",
          "is "
              + version
              + ", but this converger reads format "
              + FormatVersion.CURRENT.major()
              + ".x: use a converger of the same release as the builder that made the artifact");
    }
    return refused;
  }

  private static Changelog readChangelog(JsonFields fields) {
    String path = fields.required("path", Function.identity());
    int files = fields.requiredInt("files");
    Digest digest = fields.required("digest", Digest::new);
    return fields.make(() -> new Changelog(path, files, digest));
  }
}
