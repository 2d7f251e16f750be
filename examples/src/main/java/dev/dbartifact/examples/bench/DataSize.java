package dev.dbartifact.examples.bench;

import java.util.regex.Pattern;

/// How much data a source holds, about.
///
/// @param mebibytes 16 to 1048576
record DataSize(int mebibytes) {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})(M)?");

  DataSize {
    if (mebibytes < 16 || mebibytes > 1 << 20) {
      throw new IllegalArgumentException(mebibytes + " MiB is not between 16 MiB and 1024 GiB");
    }
  }

  /// `4` are 4 GiB, `64M` are 64 MiB.
  static DataSize parse(String text) {
    var form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a size: GiB such as 4, or MiB such as 64M".formatted(text));
    }
    int number = Integer.parseInt(form.group(1));
    return new DataSize(form.group(2) == null ? Math.multiplyExact(number, 1024) : number);
  }

  /// A part of cluster identifiers, such as `64m`.
  String word() {
    return mebibytes + "m";
  }

  @Override
  public String toString() {
    return mebibytes % 1024 == 0 ? mebibytes / 1024 + " GiB" : mebibytes + " MiB";
  }
}
