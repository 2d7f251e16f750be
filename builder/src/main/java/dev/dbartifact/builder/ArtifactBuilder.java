package dev.dbartifact.builder;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Problems;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.builder.changelog.BakedChangelog;
import dev.dbartifact.builder.changelog.ChangelogFiles;
import dev.dbartifact.builder.image.ArtifactImage;
import dev.dbartifact.builder.image.BaseImage;
import dev.dbartifact.builder.image.ImageException;
import dev.dbartifact.builder.image.ImageTarget;
import dev.dbartifact.builder.image.ImageWriter;
import dev.dbartifact.builder.spec.ArtifactSpec;
import dev.dbartifact.builder.spec.SpecReader;
import dev.dbartifact.builder.spec.Wish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Builds database artifacts.
///
/// @param source where the cluster that is copied is read
/// @param defaultBase what an image stands on when the INI file names no base
/// @param version of the builder, which the metadata and the image name
/// @param progress gets one line when a step begins
record ArtifactBuilder(
    Source source,
    ImageWriter images,
    BaseImage defaultBase,
    String version,
    Consumer<String> progress) {

  BuiltArtifact build(Path iniFile, ImageTarget target)
      throws InvalidInputException, ImageException, IOException, InterruptedException {
    progress.accept("Reading " + iniFile);
    var problems = new Problems();
    var read = SpecReader.read(iniFile, problems);
    var changelog = changelog(read, problems);
    problems.throwIfAny("Could not build an artifact from " + iniFile);

    var spec = read.orElseThrow();
    progress.accept("Inspecting cluster '" + spec.source() + "'");
    var inspected = source.inspect(spec.source());
    spec.judge(inspected, problems);
    requireTwoZones(spec, problems);
    var metadata = metadata(spec, inspected, changelog, problems);
    problems.throwIfAny("Could not build an artifact from " + iniFile);

    progress.accept("Writing the image " + target.reference());
    var base = spec.base().orElse(defaultBase);
    var files = changelog.map(BakedChangelog::files).orElseGet(TreeMap::new);
    var image = images.write(new ArtifactImage(base, metadata.orElseThrow(), files), target);
    return new BuiltArtifact(metadata.orElseThrow(), base, image);
  }

  private static Optional<BakedChangelog> changelog(Optional<ArtifactSpec> spec, Problems problems)
      throws IOException {
    var named = spec.flatMap(ArtifactSpec::changelog);
    return named.isEmpty() ? Optional.empty() : ChangelogFiles.collect(named.get(), problems);
  }

  private Optional<ArtifactMetadata> metadata(
      ArtifactSpec spec,
      dev.dbartifact.artifact.SourceCluster inspected,
      Optional<BakedChangelog> changelog,
      Problems problems) {
    return problems.parse(
        "[target_db] cluster_id",
        spec.source(),
        unused -> spec.metadata(inspected, changelog.map(BakedChangelog::changelog), version));
  }

  /// A DB subnet group must cover two zones (CreateDBSubnetGroup). Zones are only known of subnets
  /// that some group holds already; of others RDS itself will tell.
  private void requireTwoZones(ArtifactSpec spec, Problems problems) {
    if (spec.target().network().subnetIds() instanceof Wish.Exactly<SubnetIds>(var subnets)) {
      var zones = source.zonesOf(subnets);
      boolean allKnown = zones.keySet().containsAll(subnets.ids());
      if (allKnown && new HashSet<>(zones.values()).size() < 2) {
        problems.add(
            "[target_db] subnet_ids",
            "all of "
                + subnets
                + " lie in "
                + zones.values().iterator().next()
                + "; at least two availability zones are needed");
      }
    }
  }
}
