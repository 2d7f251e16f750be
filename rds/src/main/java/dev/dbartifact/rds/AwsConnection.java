package dev.dbartifact.rds;

import dev.dbartifact.artifact.ArtifactMetadata;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.endpoint.AwsClientEndpointProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.sts.StsClient;

/// One account and region of AWS, or of whatever answers in its place. Nothing is sent, and no
/// credentials are looked for, before the first call.
public final class AwsConnection implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(90);

  private static final Pattern LOOPBACK =
      Pattern.compile("https?://(localhost|[^/:]+\\.localhost|127\\.[0-9.]+|\\[::1])([:/].*)?");

  private final AwsSettings settings;
  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final SdkHttpClient http;
  private final Supplier<RdsClient> rds = once(this::rdsClient);

  private AwsConnection(
      AwsSettings settings, Region region, AwsCredentialsProvider credentials, SdkHttpClient http) {
    this.settings = settings;
    this.region = region;
    this.credentials = credentials;
    this.http = http;
  }

  /// @throws AwsException when no region is to be found anywhere, or a setting cannot be used
  public static AwsConnection open(AwsSettings settings) {
    AwsSettings here = settings.in(System.getenv());
    return usable(() -> open(here, http(here)));
  }

  /// The SDK looks at settings from many places when something is made of them.
  private static <T> T usable(Supplier<T> made) {
    try {
      return made.get();
    } catch (SdkClientException | IllegalArgumentException | IllegalStateException failed) {
      var unusable = UnusableSetting.of(failed, System.getenv());
      throw new AwsException(
          "Could not connect to AWS",
          ErrorMeaning.WRONG_SETTINGS,
          "",
          unusable.told(),
          unusable.advice(),
          failed);
    }
  }

  /// What listens on this very machine is never asked for through a proxy.
  private static SdkHttpClient http(AwsSettings settings) {
    var trust =
        new LazyTrust(
            Optional.ofNullable(System.getenv("AWS_CA_BUNDLE"))
                .filter(file -> !file.isEmpty())
                .map(Path::of));
    var http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(ANSWER)
            .tlsTrustManagersProvider(() -> new TrustManager[] {trust});
    if (isLoopback(settings)) {
      http.proxyConfiguration(
          ProxyConfiguration.builder()
              .useEnvironmentVariablesValues(false)
              .useSystemPropertyValues(false)
              .build());
    }
    return http.build();
  }

  static boolean isLoopback(AwsSettings settings) {
    return endpoint(settings)
        .map(URI::toString)
        .filter(endpoint -> LOOPBACK.matcher(endpoint).matches())
        .isPresent();
  }

  /// An endpoint in place of Amazon's own: given, in the environment, or in the profile.
  private static Optional<URI> endpoint(AwsSettings settings) {
    return settings
        .endpoint()
        .or(() ->
            AwsClientEndpointProvider.builder()
                .serviceEndpointOverrideEnvironmentVariable("AWS_ENDPOINT_URL_RDS")
                .serviceEndpointOverrideSystemProperty("aws.endpointUrlRds")
                .serviceProfileProperty("rds")
                .profileName(settings.profile().orElse(null))
                .resolveFromOverrides()
                .map(found -> AwsSettings.endpoint(found.toString())));
  }

  /// Speaks through a transport of the caller's choice.
  static AwsConnection open(AwsSettings settings, SdkHttpClient http) {
    return new AwsConnection(settings, region(settings), credentials(settings), http);
  }

  /// A profile that was chosen for this very call wins over keys in the environment, as in the AWS
  /// command line ("Configuration settings and precedence"); one in `AWS_PROFILE` does not.
  private static AwsCredentialsProvider credentials(AwsSettings settings) {
    return settings
        .profile()
        .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  private static Region region(AwsSettings settings) {
    if (settings.region().isPresent()) {
      return Region.of(settings.region().get());
    }
    var chain = DefaultAwsRegionProviderChain.builder();
    settings.profile().ifPresent(chain::profileName);
    try {
      return chain.build().getRegion();
    } catch (SdkClientException nowhere) {
      throw new AwsException(
          "Could not connect to AWS",
          ErrorMeaning.NO_REGION,
          "",
          "no region is set",
          "Set AWS_REGION, or a region in the profile, or name one on the command line.",
          nowhere);
    }
  }

  /// The region that is spoken to.
  public String region() {
    return region.id();
  }

  public SourceClusterInspector sourceInspector() {
    return new SourceClusterInspector(new SdkClusterApi(rds.get()), region.id(), this::callerArn);
  }

  /// The clusters of an artifact: reads any, changes only those that are the artifact's own.
  public Clusters clustersOf(ArtifactMetadata artifact) {
    return new Clusters(new SdkClusterApi(rds.get()), new TargetGuard(artifact));
  }

  /// Who calls: the ARN that STS GetCallerIdentity answers.
  public String callerArn() {
    try (var sts = usable(() -> configured(StsClient.builder().httpClient(http)).build())) {
      return AwsCalls.call("Could not ask AWS who the caller is", sts::getCallerIdentity).arn();
    }
  }

  private RdsClient rdsClient() {
    return usable(() -> configured(RdsClient.builder().httpClient(http)).build());
  }

  private <B extends AwsClientBuilder<B, ?>> B configured(B builder) {
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder
        .region(region)
        .credentialsProvider(credentials)
        .overrideConfiguration(client -> {
          client.retryStrategy(RetryMode.STANDARD);
          client.addExecutionInterceptor(new FailedRequest.Witness());
          settings.profile().ifPresent(client::defaultProfileName);
        });
  }

  private static <T> Supplier<T> once(Supplier<T> make) {
    var made =
        new Object() {
          Optional<T> value = Optional.empty();
        };
    return () -> {
      synchronized (made) {
        if (made.value.isEmpty()) {
          made.value = Optional.of(make.get());
        }
        return made.value.get();
      }
    };
  }

  @Override
  public void close() {
    http.close();
  }
}
