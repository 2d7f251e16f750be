package dev.dbartifact.rds;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a user says about how to reach AWS. Whatever is absent is found the standard way: in
/// `AWS_PROFILE`, `AWS_REGION`, `AWS_ENDPOINT_URL`, `AWS_ENDPOINT_URL_RDS`, the shared files.
///
/// @param profile a profile of the shared configuration and credentials files; its keys, region and
///   endpoint are used even when the environment holds keys
/// @param region such as `eu-central-1`
/// @param endpoint an endpoint in place of Amazon's own, for every service
public record AwsSettings(
    Optional<String> profile, Optional<String> region, Optional<URI> endpoint) {
  private static final int HIGHEST_PORT = 65535;
  private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /// An empty text, such as a variable that is not set, says nothing.
  public AwsSettings {
    profile = profile.filter(text -> !text.isBlank());
    region = region.filter(text -> !text.isBlank());
  }

  /// Everything the standard way.
  public static AwsSettings standard() {
    return new AwsSettings(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// With the region of `AWS_DEFAULT_REGION` where no other is named: the AWS command line reads
  /// that variable ("Environment variables to configure the AWS CLI"), the SDK for Java does not.
  AwsSettings in(Map<String, String> environment) {
    boolean named = region.isPresent() || !environment.getOrDefault("AWS_REGION", "").isEmpty();
    Optional<String> ofTheCommandLine =
        Optional.ofNullable(environment.get("AWS_DEFAULT_REGION")).filter(text -> !text.isEmpty());
    return new AwsSettings(profile, named ? region : ofTheCommandLine, endpoint);
  }

  /// Reads the name of a region as a user writes it.
  ///
  /// @throws IllegalArgumentException when no host could be called so
  public static String region(String text) {
    if (!text.isBlank() && !REGION.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not the name of a region, such as eu-central-1");
    }
    return text;
  }

  /// Reads an endpoint as a user writes it.
  ///
  /// @throws IllegalArgumentException when the text is no absolute http or https URL
  public static URI endpoint(String text) {
    try {
      var uri = new URI(text);
      if (String.valueOf(uri.getScheme()).matches("https?")
          && uri.getHost() != null
          && uri.getPort() <= HIGHEST_PORT) {
        return uri;
      }
    } catch (URISyntaxException malformed) {
      // Told below, together with what is well-formed and still no endpoint.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not an endpoint: a URL such as http://127.0.0.1:4510");
  }
}
