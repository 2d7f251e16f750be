package dev.dbartifact.localengine.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Locale;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;

/// Values that stand in a form, a path, a query, a header or an element as text.
final class Scalars {

  private Scalars() {}

  /// @param path names the value in messages
  static Object read(SdkField<?> field, String text, String path) {
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> text;
      case BOOLEAN -> bool(text, path);
      case INSTANT -> timestamp(text, path);
      case SDK_BYTES -> bytes(text, path);
      default -> number(field, text, path);
    };
  }

  private static boolean bool(String text, String path) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw malformed(text, path, "true or false");
    };
  }

  private static Instant timestamp(String text, String path) {
    try {
      return Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text));
    } catch (DateTimeParseException e) {
      throw malformed(text, path, "a timestamp such as 2030-01-31T12:00:00Z");
    }
  }

  static SdkBytes bytes(String text, String path) {
    try {
      return SdkBytes.fromByteArray(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw malformed(text, path, "Base64");
    }
  }

  private static Object number(SdkField<?> field, String text, String path) {
    try {
      return switch (field.marshallingType().getKnownType()) {
        case INTEGER -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case SHORT -> Short.valueOf(text);
        case BYTE -> Byte.valueOf(text);
        case FLOAT -> Float.valueOf(text);
        case DOUBLE -> Double.valueOf(text);
        case BIG_DECIMAL -> new BigDecimal(text);
        default -> throw new IllegalStateException("No number: " + field.memberName());
      };
    } catch (NumberFormatException e) {
      throw malformed(text, path, "a number");
    }
  }

  private static RuntimeException malformed(String text, String path, String wanted) {
    return ProtocolFault.VALIDATION_ERROR.with(
        "Value '%s' at '%s' failed to satisfy constraint: Member must be %s"
            .formatted(text, path, wanted));
  }
}
