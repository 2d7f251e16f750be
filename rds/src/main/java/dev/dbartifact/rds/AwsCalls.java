package dev.dbartifact.rds;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// Makes calls through the SDK and turns whatever it throws into an [AwsException].
public final class AwsCalls {
  private static final String NO_CREDENTIALS = "Unable to load credentials";

  /// In the SDK's complaint about a profile.
  private static final Pattern PROFILE = Pattern.compile("for profile '([^']+)'");

  private static final String UNKNOWN_PROFILE = ": the shared files have none for profile '%s'";

  /// What names one, for both programs.
  private static final String PROFILE_NAMED =
      "AWS_PROFILE, or the option --aws_profile, which is --profile of the builder";

  private AwsCalls() {}

  /// @param tried what the call is for, such as `Could not read cluster 'prod'`
  /// @throws AwsException when it does not give what was asked for
  public static <T> T call(String tried, Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException answered) {
      throw answered(tried, answered);
    } catch (SdkException failed) {
      throw failed(tried, failed);
    } catch (IllegalStateException failed) {
      throw CredentialFailure.isOfProcess(failed) ? ofProcess(tried, failed) : failed;
    }
  }

  private static AwsException ofProcess(String tried, IllegalStateException failure) {
    String cause = failure.getCause() == null ? "" : " " + failure.getCause().getMessage();
    return new AwsException(
        tried,
        ErrorMeaning.WRONG_CREDENTIALS,
        "",
        failure.getMessage() + cause,
        "The image of an artifact runs no other program: hand keys over in its place, such as those"
            + " that aws configure export-credentials --format env tells.",
        failure);
  }

  private static AwsException answered(String tried, AwsServiceException answer) {
    var details = answer.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    String text =
        details == null || details.errorMessage() == null
            ? "HTTP status " + answer.statusCode()
            : details.errorMessage();
    String cameBack = code.isEmpty() ? text : text + " (" + code + ")";
    return new AwsException(
        tried, meaning(code, answer), code, cameBack, advice(code, text, answer), answer);
  }

  /// AWS names a code whenever a request is to blame.
  private static String advice(String code, String text, AwsServiceException answer) {
    return code.isEmpty() && answer.statusCode() < 500
        ? "That is no answer of AWS: check the endpoint, if one is set, and the proxies between."
        : ErrorTable.advice(code, text);
  }

  private static ErrorMeaning meaning(String code, AwsServiceException answer) {
    ErrorMeaning meaning = ErrorTable.meaning(code);
    boolean serverFault = meaning == ErrorMeaning.UNKNOWN && answer.statusCode() >= 500;
    return serverFault ? ErrorMeaning.FAULTY : meaning;
  }

  private static AwsException failed(String tried, SdkException failure) {
    Optional<String> told =
        messages(failure).flatMap(text -> CredentialFailure.told(text).stream()).findFirst();
    if (told.isPresent()) {
      return unusableCredentials(tried, told.get(), failure);
    }
    if (messages(failure).anyMatch(text -> text.contains(NO_CREDENTIALS))) {
      return noCredentials(tried, failure);
    }
    if (messages(failure).anyMatch(text -> text.contains("Profile file contained no credentials"))
        || messages(failure).anyMatch(text -> text.contains("does not exist in"))) {
      return noCredentials(tried, failure);
    }
    Optional<Throwable> network = causes(failure).filter(AwsCalls::isNetwork).findFirst();
    Optional<Throwable> tls = causes(failure).filter(SSLException.class::isInstance).findFirst();
    return network
        .map(cause -> unreachable(tried, failure, cause))
        .or(() -> tls.map(cause -> untrusted(tried, failure, cause)))
        .orElseGet(() -> other(tried, failure));
  }

  private static AwsException untrusted(String tried, SdkException failure, Throwable tls) {
    return new AwsException(
        tried,
        ErrorMeaning.UNREACHABLE,
        "",
        "no TLS connection to " + endpoint(failure) + ": " + tls.getMessage(),
        "If a proxy of your network shows certificates of its own, name the file of its authorities"
            + " in AWS_CA_BUNDLE. Check the endpoint, too, if one is set.",
        failure);
  }

  private static AwsException unusableCredentials(String tried, String told, SdkException failure) {
    return new AwsException(
        tried,
        ErrorMeaning.WRONG_CREDENTIALS,
        "",
        "the credentials that are set up cannot be had: " + told,
        "Check the profile (" + PROFILE_NAMED + ") and what it refers to.",
        failure);
  }

  private static AwsException noCredentials(String tried, SdkException failure) {
    return new AwsException(
        tried,
        ErrorMeaning.NO_CREDENTIALS,
        "",
        "no AWS credentials were found"
            + profile(failure).map(UNKNOWN_PROFILE::formatted).orElse(""),
        "Name a profile ("
            + PROFILE_NAMED
            + ") that is in the credentials file, or set"
            + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
        failure);
  }

  /// The profile that was asked for keys, unless it is the one that nobody has named.
  private static Optional<String> profile(SdkException failure) {
    return messages(failure)
        .map(PROFILE::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .filter(name -> !name.equals("default"))
        .findFirst();
  }

  private static AwsException unreachable(String tried, SdkException failure, Throwable network) {
    String reason =
        network instanceof UnknownHostException
            ? "the host " + network.getMessage() + " is not known"
            : network.getMessage();
    return new AwsException(
        tried,
        ErrorMeaning.UNREACHABLE,
        "",
        endpoint(failure) + " cannot be reached: " + reason,
        "Check the region, the network, and the endpoint, if one is set: --endpoint_url,"
            + " AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_RDS, or endpoint_url in the profile.",
        failure);
  }

  private static String endpoint(SdkException failure) {
    return FailedRequest.endpoint(causes(failure))
        .map("the endpoint "::concat)
        .orElse("the endpoint");
  }

  private static AwsException other(String tried, SdkException failure) {
    var meaning =
        failure instanceof SdkClientException && mentionsCredentials(failure)
            ? ErrorMeaning.WRONG_CREDENTIALS
            : ErrorMeaning.UNKNOWN;
    return new AwsException(tried, meaning, "", String.valueOf(failure.getMessage()), "", failure);
  }

  private static boolean mentionsCredentials(SdkException failure) {
    return messages(failure).anyMatch(text -> text.contains("credential") || text.contains("SSO"));
  }

  private static boolean isNetwork(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException
        || cause instanceof SocketTimeoutException
        || cause instanceof SocketException;
  }

  private static Stream<String> messages(Throwable failure) {
    return causes(failure).map(each -> String.valueOf(each.getMessage()));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause).limit(10);
  }
}
