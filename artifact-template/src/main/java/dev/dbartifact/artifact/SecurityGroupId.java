package dev.dbartifact.artifact;

import java.util.regex.Pattern;

/// The id of a VPC security group.
public record SecurityGroupId(String value) {
  private static final Pattern FORM = Pattern.compile("sg-[0-9a-f]{8,17}");

  public SecurityGroupId {
    Checks.matching(
        FORM,
        value,
        "a security group id",
        "'sg-' and 8 to 17 hexadecimal digits, such as sg-0a1b2c3d4e5f60718");
  }

  @Override
  public String toString() {
    return value;
  }
}
