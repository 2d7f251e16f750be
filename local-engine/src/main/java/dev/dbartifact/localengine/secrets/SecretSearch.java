package dev.dbartifact.localengine.secrets;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/// Which secrets a list shows, and in which order.
///
/// See "Find secrets" in the Secrets Manager User Guide: values match by prefix, `!` negates, and
/// all filters must match.
final class SecretSearch {

  private static final List<String> ORDERS =
      List.of("created-date", "last-accessed-date", "last-changed-date", "name");

  private static final Comparator<StoredSecret> BY_NAME = Comparator.comparing(StoredSecret::name);

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  private SecretSearch() {}

  static List<StoredSecret> apply(ListSecretsRequest request, List<StoredSecret> all) {
    request.filters().forEach(SecretSearch::check);
    requireOne("sortBy", request.sortByAsString(), ORDERS);
    requireOne("sortOrder", request.sortOrderAsString(), List.of("asc", "desc"));
    var order = order(request.sortByAsString());
    return all.stream()
        .filter(each -> Boolean.TRUE.equals(request.includePlannedDeletion()) || !each.isDeleted())
        .filter(each -> request.filters().stream().allMatch(filter -> matches(filter, each)))
        // The newest is first unless asked otherwise.
        .sorted("asc".equals(request.sortOrderAsString()) ? order : order.reversed())
        .toList();
  }

  private static void requireOne(String name, String value, List<String> known) {
    if (value != null && !known.contains(value)) {
      throw SecretsFault.VALIDATION.with(
          "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: Member"
              + " must satisfy enum value set: %s",
          value, name, known);
    }
  }

  private static Comparator<StoredSecret> order(String sortBy) {
    return switch (sortBy) {
      case "name" -> BY_NAME;
      case "last-accessed-date" -> by(DescribeSecretResponse::lastAccessedDate);
      case "last-changed-date" -> by(DescribeSecretResponse::lastChangedDate);
      case null, default -> by(DescribeSecretResponse::createdDate);
    };
  }

  /// What has no such date, for it was never read, is as old as can be.
  private static Comparator<StoredSecret> by(Function<DescribeSecretResponse, Instant> date) {
    return Comparator.<StoredSecret, Instant>comparing(
            each -> date.apply(each.settings()), Comparator.nullsFirst(Comparator.naturalOrder()))
        .thenComparing(BY_NAME);
  }

  private static void check(Filter filter) {
    if (filter.keyAsString() == null) {
      throw SecretsFault.INVALID_PARAMETER.with("Invalid filter key");
    }
    if (filter.values().isEmpty()) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "Invalid filter values for key: %s", filter.keyAsString());
    }
    if (!List.of(
            "name",
            "description",
            "tag-key",
            "tag-value",
            "primary-region",
            "owning-service",
            "all")
        .contains(filter.keyAsString())) {
      throw SecretsFault.VALIDATION.with(
          "1 validation error detected: Value '%s' at 'filters.1.member.key' failed to satisfy"
              + " constraint: Member must satisfy enum value set: [all, description, name,"
              + " owning-service, primary-region, tag-key, tag-value]",
          filter.keyAsString());
    }
  }

  private static boolean matches(Filter filter, StoredSecret secret) {
    var texts = texts(filter.keyAsString(), secret.settings()).filter(Objects::nonNull).toList();
    return filter.values().stream()
        .anyMatch(value ->
            value.startsWith("!")
                ? texts.stream().noneMatch(text -> begins(filter, text, value.substring(1)))
                : texts.stream().anyMatch(text -> begins(filter, text, value)));
  }

  /// Names and tags are told apart by case. In descriptions, and in all, each word that is looked
  /// for must begin one of the text's, in whatever case; where none is, nothing is found.
  private static boolean begins(Filter filter, String text, String wanted) {
    if (!List.of("description", "all").contains(filter.keyAsString())) {
      return text.startsWith(wanted);
    }
    var all = words(wanted).toList();
    return !all.isEmpty()
        && all.stream().allMatch(word -> words(text).anyMatch(each -> each.startsWith(word)));
  }

  /// A word is what stands between spaces and signs; a sign alone is no word.
  private static Stream<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group);
  }

  private static Stream<String> texts(String key, DescribeSecretResponse settings) {
    return switch (key) {
      case "name" -> Stream.of(settings.name());
      case "description" -> Stream.of(settings.description());
      case "tag-key" -> settings.tags().stream().map(Tag::key);
      case "tag-value" -> settings.tags().stream().map(Tag::value);
      case "primary-region" -> Stream.of(settings.primaryRegion());
      case "owning-service" -> Stream.of(settings.owningService());
      default ->
          Stream.of("name", "description", "tag-key", "tag-value", "owning-service")
              .flatMap(each -> texts(each, settings));
    };
  }
}
