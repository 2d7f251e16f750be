package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeSetWalkTest {
  private static final String NAME = "shop.sql::3::ben";

  @Test
  void aMark_isReadBack_fromBehindItsHolder() {
    Mark mark = walkTo(2, Optional.empty()).mark();

    assertThat(mark.toString()).startsWith(" | in statement 3 of shop.sql::3::ben [");
    assertThat(Mark.in("db-artifact-converge (pid 7)" + mark)).contains(mark);
    assertThat(Mark.in("db-artifact-converge (pid 7)" + mark.notBegun())).contains(mark.notBegun());
    assertThat(Mark.in("build-7 (10.0.0.7)")).isEmpty();
    assertThat(Mark.in(null)).isEmpty();
  }

  @Test
  void aMark_fitsIntoItsColumn_whateverTheChangeSetIsCalled() {
    var walk = new ChangeSetWalk("x".repeat(900), Optional.empty());
    String text = "db-artifact-converge (pid 4194304)" + walk.mark().notBegun();

    assertThat(text).hasSizeLessThan(256);
    assertThat(new ChangeSetWalk("x".repeat(900), Mark.in(text)).isResumed()).isTrue();
    assertThat(new ChangeSetWalk("x".repeat(901), Mark.in(text)).isResumed()).isFalse();
  }

  @Test
  void whatTookEffect_isBehindUs_andOnlyTheNextOneIsInDoubt() {
    var walk = new ChangeSetWalk(NAME, Optional.of(walkTo(2, Optional.empty()).mark()));
    assertThat(walk.isBehindUs()).isTrue();
    walk.pass("statement 1");
    assertThat(walk.isBehindUs()).isTrue();
    walk.pass("statement 2");

    assertThat(walk.isBehindUs()).isFalse();
    assertThat(walk.isAsItWas()).isTrue();
    assertThat(walk.isInDoubt()).isTrue();
    walk.pass("statement 3");
    assertThat(walk.isInDoubt()).isFalse();
  }

  @Test
  void afterARefusal_nothingIsInDoubt() {
    var walk = walkTo(2, Optional.of(walkTo(2, Optional.empty()).mark().notBegun()));

    assertThat(walk.isBehindUs()).isFalse();
    assertThat(walk.isInDoubt()).isFalse();
  }

  @Test
  void otherStatementsThanThoseThatTookEffect_areNoticed() {
    var left = Optional.of(walkTo(2, Optional.empty()).mark());
    var changed = new ChangeSetWalk(NAME, left);
    changed.pass("statement 1");
    changed.pass("another statement");
    var shorter = new ChangeSetWalk(NAME, left);
    shorter.pass("statement 1");

    assertThat(changed.isAsItWas()).isFalse();
    assertThat(shorter.isAsItWas()).isFalse();
  }

  private static ChangeSetWalk walkTo(int statements, Optional<Mark> left) {
    var walk = new ChangeSetWalk(NAME, left);
    for (int each = 1; each <= statements; each++) {
      walk.pass("statement " + each);
    }
    return walk;
  }
}
