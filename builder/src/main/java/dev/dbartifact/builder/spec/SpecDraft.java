package dev.dbartifact.builder.spec;

import dev.dbartifact.builder.image.BaseImage;
import java.util.List;
import java.util.Optional;

/// What could be read of an INI file. Even what is not enough for a spec may name a changelog and a
/// base, whose problems are to be told together with those of the file.
///
/// @param notes what is allowed, but may not be what was meant
public record SpecDraft(
    Optional<ArtifactSpec> spec,
    Optional<ChangelogSpec> changelog,
    Optional<BaseImage> base,
    Places places,
    List<String> notes) {}
