package dev.dbartifact.localengine.rds.record;

import java.util.List;
import software.amazon.awssdk.services.rds.model.OptionGroup;
import software.amazon.awssdk.services.rds.model.Tag;

/// An option group that somebody made, with its tags, which its description does not show.
public record CustomOptionGroup(OptionGroup settings, List<Tag> tags) {

  public CustomOptionGroup {
    tags = List.copyOf(tags);
  }

  public String name() {
    return settings.optionGroupName();
  }

  public CustomOptionGroup tagged(List<Tag> changed) {
    return new CustomOptionGroup(settings, changed);
  }

  public CustomOptionGroup describedBy(OptionGroup changed) {
    return new CustomOptionGroup(changed, tags);
  }
}
