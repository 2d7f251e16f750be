package dev.dbartifact.localengine.server;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/// Clusters on MariaDB, on plain files, whose copies take longer than a moment.
@Tag("long")
class MariaDbPlainHostIT {
  @Nested
  class Servers extends AbstractMariaDbServerTest implements VolumesUnderTest.OnPlainFiles {}

  @Nested
  class Settings extends AbstractMariaDbSettingsTest implements VolumesUnderTest.OnPlainFiles {}

  @Nested
  class Clones extends AbstractMariaDbCloneTest implements VolumesUnderTest.OnPlainFiles {}

  @Nested
  class Readers extends AbstractMariaDbReaderTest implements VolumesUnderTest.OnPlainFiles {}

  @Nested
  class Sessions extends AbstractMariaDbSessionsTest implements VolumesUnderTest.OnPlainFiles {}

  @Nested
  class LogFiles extends AbstractMariaDbLogFilesTest implements VolumesUnderTest.OnPlainFiles {}

  @Nested
  class Promotions extends AbstractMariaDbPromotionTest implements VolumesUnderTest.OnPlainFiles {}

  @Nested
  class Logs extends AbstractMariaDbLogTest implements VolumesUnderTest.OnPlainFiles {}
}
