package dev.dbartifact.rds;

import static dev.dbartifact.rds.ErrorMeaning.ALREADY_THERE;
import static dev.dbartifact.rds.ErrorMeaning.FAULTY;
import static dev.dbartifact.rds.ErrorMeaning.NEEDS_ACTION;
import static dev.dbartifact.rds.ErrorMeaning.NOT_FOUND;
import static dev.dbartifact.rds.ErrorMeaning.NOT_YET;
import static dev.dbartifact.rds.ErrorMeaning.NO_ACCESS;
import static dev.dbartifact.rds.ErrorMeaning.REFUSED;
import static dev.dbartifact.rds.ErrorMeaning.THROTTLED;
import static dev.dbartifact.rds.ErrorMeaning.UNKNOWN;
import static dev.dbartifact.rds.ErrorMeaning.WRONG_CREDENTIALS;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Which wire code means what, and what to do about it. The codes are those of the RDS and STS
/// service models; several carry no "Fault" although their classes do. Reading the table is reading
/// the policy.
final class ErrorTable {
  private record Entry(ErrorMeaning meaning, String advice) {}

  private static final Map<String, Entry> ENTRIES = new HashMap<>();

  /// The parameters whose values come from options and not from the artifact: RDS names them in its
  /// refusals.
  private static final Map<Pattern, String> OPTIONS =
      Map.of(
          Pattern.compile("\\bMasterUsername\\b"),
          "Choose another master user with --db_username.",
          Pattern.compile("\\bMasterUserPassword\\b"),
          "Choose another master password.",
          Pattern.compile("\\bDB(Cluster|Instance)Identifier\\b"),
          "Choose another identifier with --cluster_id.");

  private static final String AGAIN = "Run the same command again in a few minutes.";

  static {
    say(THROTTLED, AGAIN, "Throttling", "ThrottlingException", "ThrottledException");
    say(THROTTLED, AGAIN, "RequestLimitExceeded", "TooManyRequestsException");

    say(NOT_YET, AGAIN, "InvalidDBClusterStateFault", "InvalidDBInstanceState");
    say(NOT_YET, AGAIN, "InvalidDBSubnetGroupStateFault", "InvalidDBClusterSnapshotStateFault");

    say(FAULTY, AGAIN, "InternalFailure", "InternalError", "ServiceUnavailable");

    say(ALREADY_THERE, "", "DBClusterAlreadyExistsFault", "DBInstanceAlreadyExists");
    say(ALREADY_THERE, "", "DBSubnetGroupAlreadyExists", "DBClusterRoleAlreadyExists");

    String look = "Check the name, the region and the account.";
    say(NOT_FOUND, look, "DBClusterNotFoundFault", "DBInstanceNotFound");
    say(NOT_FOUND, look, "DBSubnetGroupNotFoundFault", "DBClusterSnapshotNotFoundFault");
    say(NOT_FOUND, look, "DBClusterParameterGroupNotFound", "DBParameterGroupNotFound");

    String quota = "Ask for a higher quota in Service Quotas, or delete what is no longer used.";
    say(NEEDS_ACTION, quota, "DBClusterQuotaExceededFault", "InstanceQuotaExceeded");
    say(NEEDS_ACTION, quota, "StorageQuotaExceeded", "DBSubnetGroupQuotaExceeded");
    String capacity = "Choose another instance class or other subnets, or try again later.";
    say(NEEDS_ACTION, capacity, "InsufficientDBClusterCapacityFault");
    say(NEEDS_ACTION, capacity, "InsufficientDBInstanceCapacity");
    say(NEEDS_ACTION, capacity, "InsufficientStorageClusterCapacity");
    say(
        NEEDS_ACTION,
        "The caller needs kms:DescribeKey and kms:CreateGrant on the key of the source.",
        "KMSKeyNotAccessibleFault");
    say(
        NEEDS_ACTION,
        "Choose subnets in at least two availability zones, those of the source among them.",
        "DBSubnetGroupDoesNotCoverEnoughAZs",
        "InvalidSubnet",
        "InvalidVPCNetworkStateFault");
    say(
        NEEDS_ACTION,
        "Keep the subnets that instances are in, or choose another target with --cluster_id.",
        "SubnetAlreadyInUse");

    String mend = "Correct the artifact's configuration and build it again.";
    say(REFUSED, mend, "InvalidParameterValue", "InvalidParameterCombination");
    say(REFUSED, mend, "InvalidRestoreFault", "StorageTypeNotSupported", "NetworkTypeNotSupported");
    say(REFUSED, mend, "ValidationError", "MissingParameter", "UnknownParameter", "InvalidAction");

    String who = "Check the profile, the keys and the session token that are in use.";
    say(
        WRONG_CREDENTIALS,
        who,
        "InvalidClientTokenId",
        "SignatureDoesNotMatch",
        "InvalidAccessKeyId");
    say(WRONG_CREDENTIALS, who, "AuthFailure", "MissingAuthenticationToken", "IncompleteSignature");
    say(WRONG_CREDENTIALS, who, "UnrecognizedClientException");
    say(
        WRONG_CREDENTIALS,
        "The session has ended: log in again (aws sso login, or new session keys).",
        "ExpiredToken",
        "ExpiredTokenException",
        "RequestExpired");
    String right = "Ask for the right to call the action that the answer names.";
    say(NO_ACCESS, right, "AccessDenied", "AccessDeniedException", "UnauthorizedOperation");
    say(NO_ACCESS, right, "NotAuthorized", "OptInRequired");
  }

  private ErrorTable() {}

  private static void say(ErrorMeaning meaning, String advice, String... codes) {
    for (String code : codes) {
      ENTRIES.put(code, new Entry(meaning, advice));
    }
  }

  static ErrorMeaning meaning(String code) {
    return entry(code).meaning;
  }

  /// @param text what came with the code
  static String advice(String code, String text) {
    Entry entry = entry(code);
    return entry.meaning == REFUSED
        ? OPTIONS.entrySet().stream()
            .filter(option -> option.getKey().matcher(text).find())
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(entry.advice)
        : entry.advice;
  }

  private static Entry entry(String code) {
    return ENTRIES.getOrDefault(code, new Entry(UNKNOWN, AGAIN));
  }
}
