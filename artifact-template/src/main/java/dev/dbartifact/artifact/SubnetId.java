package dev.dbartifact.artifact;

import java.util.regex.Pattern;

/// The id of a VPC subnet.
public record SubnetId(String value) {
  private static final Pattern FORM = Pattern.compile("subnet-[0-9a-f]{8,17}");

  public SubnetId {
    Checks.matching(
        FORM,
        value,
        "a subnet id",
        "'subnet-' and 8 to 17 hexadecimal digits, such as subnet-0a1b2c3d4e5f60718");
  }

  @Override
  public String toString() {
    return value;
  }
}
