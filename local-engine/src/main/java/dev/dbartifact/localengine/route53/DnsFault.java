package dev.dbartifact.localengine.route53;

import dev.dbartifact.localengine.wire.ServiceFault;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.route53.model.ConflictingDomainExistsException;
import software.amazon.awssdk.services.route53.model.HostedZoneAlreadyExistsException;
import software.amazon.awssdk.services.route53.model.HostedZoneNotEmptyException;
import software.amazon.awssdk.services.route53.model.InvalidArgumentException;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.InvalidDomainNameException;
import software.amazon.awssdk.services.route53.model.InvalidInputException;
import software.amazon.awssdk.services.route53.model.InvalidPaginationTokenException;
import software.amazon.awssdk.services.route53.model.InvalidVpcIdException;
import software.amazon.awssdk.services.route53.model.NoSuchChangeException;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/// The faults of Route 53.
///
/// See the API model of Route 53, version 2013-04-01.
enum DnsFault {
  CONFLICTING_DOMAIN_EXISTS(
      "ConflictingDomainExists", 400, ConflictingDomainExistsException::builder),
  HOSTED_ZONE_ALREADY_EXISTS(
      "HostedZoneAlreadyExists", 409, HostedZoneAlreadyExistsException::builder),
  HOSTED_ZONE_NOT_EMPTY("HostedZoneNotEmpty", 400, HostedZoneNotEmptyException::builder),
  INVALID_ARGUMENT("InvalidArgument", 400, InvalidArgumentException::builder),
  INVALID_CHANGE_BATCH("InvalidChangeBatch", 400, InvalidChangeBatchException::builder),
  INVALID_DOMAIN_NAME("InvalidDomainName", 400, InvalidDomainNameException::builder),
  INVALID_INPUT("InvalidInput", 400, InvalidInputException::builder),
  INVALID_PAGINATION_TOKEN("InvalidPaginationToken", 400, InvalidPaginationTokenException::builder),
  INVALID_VPC_ID("InvalidVPCId", 400, InvalidVpcIdException::builder),
  NO_SUCH_CHANGE("NoSuchChange", 404, NoSuchChangeException::builder),
  NO_SUCH_HOSTED_ZONE("NoSuchHostedZone", 404, NoSuchHostedZoneException::builder);

  private final String code;
  private final int status;
  private final Supplier<? extends Route53Exception.Builder> exception;

  DnsFault(String code, int status, Supplier<? extends Route53Exception.Builder> exception) {
    this.code = code;
    this.status = status;
    this.exception = exception;
  }

  RuntimeException with(String message, Object... arguments) {
    return ServiceFault.of(exception.get(), code, status, message, arguments);
  }

  /// All that is wrong with a batch, as AWS says it: `[one, two]`.
  static RuntimeException batch(List<String> messages) {
    return INVALID_CHANGE_BATCH.with("%s", messages.toString());
  }

  /// What a request must hold.
  static String required(String name, String value) {
    if (value == null || value.isEmpty()) {
      throw INVALID_INPUT.with(
          "1 validation error detected: Value %s at '%s' failed to satisfy constraint: Member must"
              + " %s",
          value == null ? "null" : "''",
          name,
          value == null ? "not be null" : "have length greater than or equal to 1");
    }
    return value;
  }
}
