package dev.dbartifact.localengine.secrets;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordRequest;

/// A password that a client asks for.
///
/// See GetRandomPassword in the API reference of Secrets Manager.
final class RandomPassword {

  private static final int USUAL_LENGTH = 32;
  private static final int LONGEST = 4096;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomPassword() {}

  static String of(GetRandomPasswordRequest request) {
    var length = request.passwordLength() == null ? USUAL_LENGTH : length(request.passwordLength());
    var kinds = kinds(request);
    if (kinds.isEmpty()) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "There is no character left for the password: all are excluded.");
    }
    var ofEach = !Boolean.FALSE.equals(request.requireEachIncludedType());
    if (ofEach && length < kinds.size()) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "Password length %d is too short based on the required types.", length);
    }
    return chosen(length, kinds, ofEach);
  }

  private static int length(long wanted) {
    if (wanted < 1 || wanted > LONGEST) {
      throw SecretsFault.VALIDATION.with(
          "1 validation error detected: Value '%d' at 'passwordLength' failed to satisfy constraint:"
              + " Member must have value between 1 and %d",
          wanted, LONGEST);
    }
    return (int) wanted;
  }

  /// The characters of each kind that may be used.
  private static List<String> kinds(GetRandomPasswordRequest request) {
    return Stream.of(
            unless(request.excludeLowercase(), "abcdefghijklmnopqrstuvwxyz"),
            unless(request.excludeUppercase(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
            unless(request.excludeNumbers(), "0123456789"),
            unless(request.excludePunctuation(), "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
            Boolean.TRUE.equals(request.includeSpace()) ? " " : "")
        .map(kind -> without(request.excludeCharacters(), kind))
        .filter(kind -> !kind.isEmpty())
        .toList();
  }

  private static String unless(Boolean excluded, String kind) {
    return Boolean.TRUE.equals(excluded) ? "" : kind;
  }

  private static String without(String excluded, String kind) {
    return excluded == null
        ? kind
        : kind.chars()
            .filter(each -> excluded.indexOf(each) < 0)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
  }

  private static String chosen(int length, List<String> kinds, boolean ofEach) {
    var all = String.join("", kinds);
    var characters = new ArrayList<Character>();
    if (ofEach) {
      kinds.forEach(kind -> characters.add(one(kind)));
    }
    while (characters.size() < length) {
      characters.add(one(all));
    }
    Collections.shuffle(characters, RANDOM);
    return characters.stream().map(String::valueOf).collect(Collectors.joining());
  }

  private static char one(String of) {
    return of.charAt(RANDOM.nextInt(of.length()));
  }
}
