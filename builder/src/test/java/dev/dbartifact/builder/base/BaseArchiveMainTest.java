package dev.dbartifact.builder.base;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BaseArchiveMainTest {
  @Test
  void elsewhereThanOnLinuxItIsToldWhatWorks() {
    assertThatCode(() -> BaseArchiveMain.requireLinux("Linux")).doesNotThrowAnyException();
    assertThatThrownBy(() -> BaseArchiveMain.requireLinux("Mac OS X"))
        .hasMessageContainingAll("Linux with glibc", "this is Mac OS X", "Build in a container");
  }
}
