package dev.dbartifact.localengine;

import java.util.HashMap;
import java.util.Map;

/// The faults that every action of a service may answer, with their HTTP statuses; the models do
/// not list them.
///
/// See "Common errors" in the API reference of each service, and "Common error types" in that of
/// Amazon RDS. `UnsupportedOperation` is what the engine answers for what it does not offer.
public final class CommonFaults {

  private static final Map<String, Integer> QUERY =
      Map.ofEntries(
          Map.entry("AccessDenied", 403),
          Map.entry("ExpiredToken", 403),
          Map.entry("IncompleteSignature", 400),
          Map.entry("InternalFailure", 500),
          Map.entry("InvalidAction", 400),
          Map.entry("InvalidClientTokenId", 403),
          Map.entry("InvalidParameterCombination", 400),
          Map.entry("InvalidParameterValue", 400),
          Map.entry("MissingAction", 400),
          Map.entry("MissingAuthenticationToken", 403),
          Map.entry("MissingParameter", 400),
          Map.entry("NoSuchVersion", 400),
          Map.entry("RequestExpired", 400),
          Map.entry("ServiceUnavailable", 503),
          Map.entry("Throttling", 400),
          Map.entry("UnsupportedOperation", 400),
          Map.entry("ValidationError", 400));

  private static final Map<String, Integer> JSON =
      Map.of(
          "SerializationException", 400,
          "UnknownOperationException", 400,
          "ValidationException", 400);

  private static final Map<String, Integer> REST =
      Map.of(
          "SerializationException", 400,
          "UnknownOperationException", 404,
          "ValidationException", 400);

  private CommonFaults() {}

  public static Map<String, Integer> of(String service) {
    return switch (service) {
      case "secretsmanager" -> JSON;
      case "rds-data" -> REST;
      case "route53" -> {
        var all = new HashMap<>(QUERY);
        all.putAll(REST);
        yield all;
      }
      default -> QUERY;
    };
  }
}
