package dev.dbartifact.localengine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AheadTest {

  @Test
  void theSearchIsOnItsWayBeforeAnybodyWaits() throws Exception {
    var searching = new CountDownLatch(1);
    var mayFind = new CountDownLatch(1);
    var ahead =
        Ahead.of(() -> {
          searching.countDown();
          mayFind.await();
          return "17.11";
        });
    searching.await();
    mayFind.countDown();
    assertThat(ahead.get()).isEqualTo("17.11");
    assertThat(ahead.get()).isEqualTo("17.11");
  }

  @Test
  void whatTheSearchThrowsComesOut() {
    var failure = new IOException("no such program");
    var ahead =
        Ahead.of(() -> {
          throw failure;
        });
    assertThatThrownBy(ahead::get).isSameAs(failure);
  }

  @Test
  void aDefectIsNoMatterOfTheMachine() {
    var ahead =
        Ahead.of(() -> {
          throw new IllegalArgumentException("a defect");
        });
    assertThatThrownBy(ahead::get)
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("a defect");
  }
}
