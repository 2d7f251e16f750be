package dev.dbartifact.localengine.rds.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.KmsKeyNotAccessibleException;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;

class InsightsTest {

  private static final Home HOME = new Home("us-west-2", "000000000000");
  private static final Insights UNSAID = new Insights(null, null, null);
  private static final Insights OFF = new Insights(false, null, null);

  private static final String KEY = HOME.key("alias/insights");

  @Test
  void whereTheyAreOnTheyHaveAKeyAndAWeek() {
    assertThat(new Insights(true, null, null).over(OFF, HOME))
        .isEqualTo(new Insights(true, HOME.defaultKey(), 7));
    assertThat(new Insights(true, "alias/insights", 31).over(OFF, HOME))
        .isEqualTo(new Insights(true, KEY, 31));
  }

  @Test
  void whereTheyAreOffNothingIsMadeUp() {
    assertThat(UNSAID.over(UNSAID, HOME)).isEqualTo(UNSAID);
    assertThat(UNSAID.over(OFF, HOME)).isEqualTo(OFF);
    assertThat(new Insights(null, "alias/insights", null).over(OFF, HOME))
        .isEqualTo(new Insights(false, KEY, null));
  }

  @Test
  void whatIsNotAskedForStays() {
    var before = new Insights(true, KEY, 31);
    assertThat(UNSAID.over(before, HOME)).isEqualTo(before);
    assertThat(new Insights(null, null, 62).over(before, HOME))
        .isEqualTo(new Insights(true, KEY, 62));
    assertThat(OFF.over(before, HOME)).isEqualTo(new Insights(false, KEY, 31));
  }

  /// An earlier engine kept keys as they were named.
  @Test
  void aKeyThatIsRememberedIsNotLookedAtAgain() {
    var before = new Insights(true, "insights", 7);
    assertThat(UNSAID.over(before, HOME)).isEqualTo(before);
    assertThatThrownBy(() -> before.over(OFF, HOME))
        .isInstanceOf(KmsKeyNotAccessibleException.class);
  }

  @Test
  void eachRequestThatCanAsksInTheSameWords() {
    var request =
        ModifyDbClusterRequest.builder()
            .enablePerformanceInsights(true)
            .performanceInsightsKMSKeyId("alias/insights")
            .performanceInsightsRetentionPeriod(31)
            .build();
    assertThat(Insights.asked(request)).isEqualTo(new Insights(true, "alias/insights", 31));
    assertThat(Insights.asked(ModifyDbClusterRequest.builder().build())).isEqualTo(UNSAID);
  }
}
