package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/// One artifact, converged twice: what is expected holds after the first run, and after the second,
/// which has nothing to do.
///
/// @param name a sentence
/// @param ini what the artifact is built from
/// @param cluster what the copy has to be called
record ConvergeCase(
    String name, Path ini, Way way, List<String> options, String cluster, Expectation expectation) {

  /// What must be true of a copy.
  interface Expectation {
    void of(ShopCopy copy) throws Exception;
  }

  void run(Workshop workshop) throws Exception {
    String image = workshop.image(ini);
    ShopCopy copy = workshop.copy(cluster).isNotThere();
    try {
      Answer first = way.converge(workshop, image, options).isConverged();
      assertThat(first.json().path("cluster").asText()).isEqualTo(cluster);
      expectation.of(copy.isSealed());

      workshop.tap().forget();
      Answer second = way.converge(workshop, image, options).isUnchanged();
      assertThat(workshop.tap().mutations()).isEmpty();
      assertThat(second.json().path("jdbcUrl")).isEqualTo(first.json().path("jdbcUrl"));
      expectation.of(copy.isSealed());
    } finally {
      copy.remove();
    }
  }
}
