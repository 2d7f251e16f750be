package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import software.amazon.awssdk.services.rds.RdsClient;

/// A copy that somebody has changed: the next run repairs it, and the one after that has nothing to
/// do.
///
/// @param name a sentence
/// @param options of the run that repairs
record DriftCase(String name, Disturbance disturbance, List<String> options, Repair repair) {
  /// What somebody does behind our back.
  interface Disturbance {
    void to(ShopCopy copy, RdsClient rds) throws Exception;
  }

  /// What must be true again.
  interface Repair {
    void of(ShopCopy copy) throws Exception;
  }

  void run(Workshop workshop, String image, ShopCopy copy) throws Exception {
    var target = List.of("--cluster_id", copy.id());
    repair.of(copy);
    disturbance.to(copy, workshop.rds());

    workshop.converger(image, target).arguments(options).run().isConverged();
    repair.of(copy.isSealed());
    copy.takesThePassword(Workshop.PASSWORD);

    workshop.tap().forget();
    workshop.converger(image, target).arguments(options).run().isUnchanged();
    assertThat(workshop.tap().mutations()).isEmpty();
  }
}
