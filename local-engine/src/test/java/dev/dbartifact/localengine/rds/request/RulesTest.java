package dev.dbartifact.localengine.rds.request;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.Tag;

class RulesTest {

  @Test
  void tagsHaveDifferentKeys() {
    var tags = List.of(tag("team", "a"), tag("Team", "a"), tag("team", "b"));

    Rules.tags(tags.subList(0, 2));
    assertThatThrownBy(() -> Rules.tags(tags))
        .hasMessageContaining("'team' is there more than once");
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
