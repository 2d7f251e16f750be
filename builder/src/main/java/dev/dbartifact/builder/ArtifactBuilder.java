package dev.dbartifact.builder;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Problems;
import dev.dbartifact.artifact.SourceCluster;
import dev.dbartifact.artifact.SubnetId;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.builder.changelog.BakedChangelog;
import dev.dbartifact.builder.changelog.ChangelogFiles;
import dev.dbartifact.builder.image.ArtifactImage;
import dev.dbartifact.builder.image.BaseImage;
import dev.dbartifact.builder.image.ImageException;
import dev.dbartifact.builder.image.ImageTarget;
import dev.dbartifact.builder.image.ImageWriter;
import dev.dbartifact.builder.spec.ArtifactSpec;
import dev.dbartifact.builder.spec.SpecDraft;
import dev.dbartifact.builder.spec.SpecReader;
import dev.dbartifact.builder.spec.Wish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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
    var draft = SpecReader.read(iniFile, problems);
    var changelog = changelog(draft, problems);
    images.judge(target, problems);
    draft.ifPresent(read -> images.judge(read.base(), read.places().baseImage(), problems));
    problems.throwIfAny("Could not build an artifact from " + iniFile);
    images.require(target);

    draft.orElseThrow().notes().forEach(progress);
    var spec = draft.flatMap(SpecDraft::spec).orElseThrow();
    progress.accept("Inspecting cluster '" + spec.source() + "'");
    var inspected = source.inspect(spec.source());
    spec.judge(inspected, problems);
    judgeSubnets(spec, problems);
    var metadata = metadata(spec, inspected, changelog, problems);
    problems.throwIfAny("Could not build an artifact from " + iniFile);

    progress.accept("Writing the image " + target.reference());
    var base = spec.base().orElse(defaultBase);
    var files = changelog.map(BakedChangelog::files).orElseGet(TreeMap::new);
    var image = images.write(new ArtifactImage(base, metadata.orElseThrow(), files), target);
    return new BuiltArtifact(metadata.orElseThrow(), base, image);
  }

  private static Optional<BakedChangelog> changelog(Optional<SpecDraft> draft, Problems problems)
      throws IOException {
    var named = draft.flatMap(SpecDraft::changelog);
    return named.isEmpty() ? Optional.empty() : ChangelogFiles.collect(named.get(), problems);
  }

  private Optional<ArtifactMetadata> metadata(
      ArtifactSpec spec,
      SourceCluster inspected,
      Optional<BakedChangelog> changelog,
      Problems problems) {
    return problems.parse(
        "[target_db] cluster_id",
        spec.source(),
        unused -> spec.metadata(inspected, changelog.map(BakedChangelog::changelog), version));
  }

  /// A DB subnet group must cover two zones (CreateDBSubnetGroup). RDS tells zones, and that a
  /// subnet exists, only of subnets that some group holds already.
  private void judgeSubnets(ArtifactSpec spec, Problems problems) {
    if (spec.target().network().subnetIds() instanceof Wish.Exactly<SubnetIds>(var subnets)) {
      var zones = source.zonesOf(subnets);
      var unknown = subnets.ids().stream().filter(subnet -> !zones.containsKey(subnet)).toList();
      var where = spec.places().subnetIds();
      if (!unknown.isEmpty()) {
        progress.accept(where + ": " + unchecked(unknown));
      } else if (new HashSet<>(zones.values()).size() < 2) {
        problems.add(
            where,
            "all of "
                + subnets
                + " lie in "
                + zones.values().iterator().next()
                + "; at least two availability zones are needed");
      }
    }
  }

  private static String unchecked(List<SubnetId> subnets) {
    return "could not be checked: "
        + subnets.stream().map(SubnetId::value).collect(Collectors.joining(", "))
        + (subnets.size() == 1 ? " is" : " are")
        + " in no DB subnet group of this account and region, from which RDS tells subnets and their"
        + " zones; if they do not exist, converging will say so";
  }
}
