package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionOptionsTest {

  /// Or one transaction that a user leaves open keeps all work on its volume waiting.
  @Test
  void theEngineDoesNotWaitForALockForEver() {
    assertThat(SessionOptions.ofSuperuser(17))
        .contains("-c lock_timeout=60s")
        .doesNotContain("lock_timeout=0");
  }

  @Test
  void whoLoadsDataWaitsAsLongAsItTakes() {
    assertThat(SessionOptions.of(Restorer.USER, 17))
        .contains("-c lock_timeout=0")
        .doesNotContain("lock_timeout=60s");
  }

  /// A server refuses who asks for a setting that it does not know.
  @Test
  void eachVersionIsAskedForWhatItKnows() {
    assertThat(SessionOptions.ofSuperuser(11)).doesNotContain("sample");
    assertThat(SessionOptions.ofSuperuser(12))
        .contains("-c log_transaction_sample_rate=0")
        .doesNotContain("log_min_duration_sample");
    assertThat(SessionOptions.ofSuperuser(13))
        .contains("-c log_transaction_sample_rate=0", "-c log_min_duration_sample=-1");
  }
}
