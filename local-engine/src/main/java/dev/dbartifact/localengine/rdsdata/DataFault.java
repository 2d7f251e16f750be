package dev.dbartifact.localengine.rdsdata;

import dev.dbartifact.localengine.wire.ServiceFault;
import java.util.function.Supplier;
import software.amazon.awssdk.services.rdsdata.model.BadRequestException;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;
import software.amazon.awssdk.services.rdsdata.model.DatabaseNotFoundException;
import software.amazon.awssdk.services.rdsdata.model.DatabaseResumingException;
import software.amazon.awssdk.services.rdsdata.model.DatabaseUnavailableException;
import software.amazon.awssdk.services.rdsdata.model.HttpEndpointNotEnabledException;
import software.amazon.awssdk.services.rdsdata.model.InvalidResourceStateException;
import software.amazon.awssdk.services.rdsdata.model.InvalidSecretException;
import software.amazon.awssdk.services.rdsdata.model.RdsDataException;
import software.amazon.awssdk.services.rdsdata.model.SecretsErrorException;
import software.amazon.awssdk.services.rdsdata.model.TransactionNotFoundException;
import software.amazon.awssdk.services.rdsdata.model.UnsupportedResultException;

/// The faults of RDS Data.
///
/// See the API model of RDS Data, version 2018-08-01.
enum DataFault {
  BAD_REQUEST("BadRequestException", 400, BadRequestException::builder),
  DATABASE_ERROR("DatabaseErrorException", 400, DatabaseErrorException::builder),
  DATABASE_NOT_FOUND("DatabaseNotFoundException", 404, DatabaseNotFoundException::builder),
  DATABASE_RESUMING("DatabaseResumingException", 400, DatabaseResumingException::builder),
  DATABASE_UNAVAILABLE("DatabaseUnavailableException", 504, DatabaseUnavailableException::builder),
  HTTP_ENDPOINT_NOT_ENABLED(
      "HttpEndpointNotEnabledException", 400, HttpEndpointNotEnabledException::builder),
  INVALID_RESOURCE_STATE(
      "InvalidResourceStateException", 400, InvalidResourceStateException::builder),
  INVALID_SECRET("InvalidSecretException", 400, InvalidSecretException::builder),
  SECRETS_ERROR("SecretsErrorException", 400, SecretsErrorException::builder),
  TRANSACTION_NOT_FOUND("TransactionNotFoundException", 404, TransactionNotFoundException::builder),
  UNSUPPORTED_RESULT("UnsupportedResultException", 400, UnsupportedResultException::builder),
  VALIDATION("ValidationException", 400, RdsDataException::builder);

  private final String code;
  private final int status;
  private final Supplier<? extends RdsDataException.Builder> exception;

  DataFault(String code, int status, Supplier<? extends RdsDataException.Builder> exception) {
    this.code = code;
    this.status = status;
    this.exception = exception;
  }

  RuntimeException with(String message, Object... arguments) {
    return ServiceFault.of(exception.get(), code, status, message, arguments);
  }
}
