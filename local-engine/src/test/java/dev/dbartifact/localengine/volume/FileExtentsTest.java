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

  @Test
  void whatWasNeverWrittenIsToldFromTheRest() {
    var listing =
        """
        File size of /pool/file is 4194304 (4194304 blocks of 1 bytes)
         ext:     logical_offset:        physical_offset: length:   expected: flags:
           0:        0..   16383:   98304..    114687:   16384:
           1:    16384.. 1048575:  114688..   1146879: 1032192:             unwritten
           2:  1048576.. 1064959: 5000000..   5016383:   16384:    1146880:
           3:  1064960.. 4194303: 6000000..   9129343: 3129344:    5016384: last,unwritten,eof
        /pool/file: 4 extents found
        """;

    assertThat(FileExtents.unwritten(listing))
        .containsExactly(
            new FileExtents.Range(16384, 1032192), new FileExtents.Range(1064960, 3129344));
  }
}
