package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileExtentsTest {
  @Test
  void aFileWithoutExtentsSharesNothing() {
    assertThat(FileExtents.shared("/pool/empty: 0 extents found\n")).isZero();
  }

  @Test
  void onlySharedExtentsCount() {
    var listing =
        """
        Filesystem type is: 58465342
        File size of /pool/file is 4210688 (4210688 blocks of 1 bytes)
         ext:     logical_offset:        physical_offset: length:   expected: flags:
           0:        0.. 4194303:   98304..   4292607: 4194304:             shared
           1:  4194304.. 4202495: 5000000..   5008191:   8192:    4292608:
           2:  4202496.. 4210687: 6000000..   6008191:   8192:    5008192: last,shared,eof
        /pool/file: 3 extents found
        """;

    assertThat(FileExtents.shared(listing)).isEqualTo(4194304 + 8192);
  }
}
