package dev.dbartifact.localengine.misbehaviour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/// The faults that actions can have, with the HTTP statuses that AWS answers them with.
///
/// @param own those of each action, such as `rds:CreateDBCluster`: statuses by codes. EC2 has none
///   here, since AWS publishes none
record KnownFaults(Map<String, Map<String, Integer>> own) {

  /// Of every action. See "Common errors" in the API reference of each service, for throttling
  /// "Retry behavior" in the AWS SDKs and Tools Reference Guide, and "Error codes for the Amazon
  /// EC2 API".
  private static final Map<String, Integer> COMMON =
      Map.ofEntries(
          Map.entry("AccessDenied", 403),
          Map.entry("AccessDeniedException", 403),
          Map.entry("BandwidthLimitExceeded", 509),
          Map.entry("EC2ThrottledException", 400),
          Map.entry("ExpiredToken", 403),
          Map.entry("ExpiredTokenException", 403),
          Map.entry("IncompleteSignature", 400),
          Map.entry("InternalError", 500),
          Map.entry("InternalFailure", 500),
          Map.entry("InvalidAction", 400),
          Map.entry("InvalidClientTokenId", 403),
          Map.entry("InvalidParameterCombination", 400),
          Map.entry("InvalidParameterValue", 400),
          Map.entry("InvalidSignatureException", 403),
          Map.entry("LimitExceededException", 400),
          Map.entry("MissingAction", 400),
          Map.entry("MissingAuthenticationToken", 403),
          Map.entry("MissingParameter", 400),
          Map.entry("OptInRequired", 403),
          Map.entry("PriorRequestNotComplete", 400),
          Map.entry("ProvisionedThroughputExceededException", 400),
          Map.entry("RequestEntityTooLarge", 413),
          Map.entry("RequestExpired", 400),
          Map.entry("RequestLimitExceeded", 503),
          Map.entry("RequestThrottled", 400),
          Map.entry("RequestThrottledException", 400),
          Map.entry("RequestTimeout", 408),
          Map.entry("RequestTimeoutException", 408),
          Map.entry("SerializationException", 400),
          Map.entry("ServiceUnavailable", 503),
          Map.entry("SignatureDoesNotMatch", 403),
          Map.entry("SlowDown", 503),
          Map.entry("ThrottledException", 400),
          Map.entry("Throttling", 400),
          Map.entry("ThrottlingException", 400),
          Map.entry("TooManyRequestsException", 429),
          Map.entry("TransactionInProgressException", 400),
          Map.entry("UnknownOperationException", 404),
          Map.entry("UnrecognizedClientException", 403),
          Map.entry("ValidationError", 400),
          Map.entry("ValidationException", 400));

  /// The protocol of Secrets Manager says 400 where others say 403 or 404.
  private static final String AWS_JSON = "secretsmanager";

  private static final int USUAL = 400;
  private static final String FILE = "faults.properties";

  /// Read by the first one that asks: an engine without rules needs it not.
  private static final class Models {
    static final KnownFaults READ = read();
  }

  /// Those of AWS's own models.
  static KnownFaults ofTheModels() {
    return Models.READ;
  }

  private static KnownFaults read() {
    var lines = new Properties();
    try (var resource = KnownFaults.class.getResourceAsStream(FILE)) {
      lines.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + FILE, e);
    }
    var own = new HashMap<String, Map<String, Integer>>();
    lines
        .stringPropertyNames()
        .forEach(action -> own.put(action, statuses(lines.getProperty(action))));
    return new KnownFaults(Map.copyOf(own));
  }

  /// @param line such as `NoSuchEntity/404 ServiceFailure/500`
  private static Map<String, Integer> statuses(String line) {
    return Arrays.stream(line.split(" "))
        .filter(each -> !each.isEmpty())
        .map(each -> each.split("/"))
        .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> Integer.valueOf(pair[1])));
  }

  /// The codes that every action can have.
  static Set<String> common() {
    return COMMON.keySet();
  }

  /// The codes of an action's own faults; empty where every code will do.
  Optional<Set<String>> of(String action) {
    return Optional.ofNullable(own.get(action)).map(Map::keySet);
  }

  /// The HTTP status of a fault of an action: as its service says, or as all do; 400 for what
  /// nobody knows.
  ///
  /// @param service such as `rds`: a code has the same status in all of its actions
  int status(String service, String code) {
    return own.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(service + ":"))
        .map(entry -> entry.getValue().get(code))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> common(service, code));
  }

  private static int common(String service, String code) {
    int status = COMMON.getOrDefault(code, USUAL);
    return service.equals(AWS_JSON) && (status == 403 || status == 404) ? USUAL : status;
  }
}
