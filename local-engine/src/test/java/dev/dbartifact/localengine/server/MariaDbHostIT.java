package dev.dbartifact.localengine.server;

import org.junit.jupiter.api.Nested;

/// Clusters on MariaDB, on the pool, whose clones show one moment.
class MariaDbHostIT {
  @Nested
  class Servers extends AbstractMariaDbServerTest implements VolumesUnderTest.OnPool {}

  @Nested
  class Settings extends AbstractMariaDbSettingsTest implements VolumesUnderTest.OnPool {}

  @Nested
  class Clones extends AbstractMariaDbCloneTest implements VolumesUnderTest.OnPool {}

  @Nested
  class Readers extends AbstractMariaDbReaderTest implements VolumesUnderTest.OnPool {}

  @Nested
  class Sessions extends AbstractMariaDbSessionsTest implements VolumesUnderTest.OnPool {}

  @Nested
  class LogFiles extends AbstractMariaDbLogFilesTest implements VolumesUnderTest.OnPool {}

  @Nested
  class Promotions extends AbstractMariaDbPromotionTest implements VolumesUnderTest.OnPool {}

  @Nested
  class Logs extends AbstractMariaDbLogTest implements VolumesUnderTest.OnPool {}
}
