package dev.dbartifact.localengine.secrets;

import dev.dbartifact.localengine.wire.ServiceFault;
import java.util.function.Supplier;
import software.amazon.awssdk.services.secretsmanager.model.InvalidNextTokenException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.LimitExceededException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/// The faults of Secrets Manager, all with HTTP status 400.
///
/// See the API model of Secrets Manager, version 2017-10-17.
enum SecretsFault {
  INVALID_NEXT_TOKEN("InvalidNextTokenException", InvalidNextTokenException::builder),
  INVALID_PARAMETER("InvalidParameterException", InvalidParameterException::builder),
  INVALID_REQUEST("InvalidRequestException", InvalidRequestException::builder),
  LIMIT_EXCEEDED("LimitExceededException", LimitExceededException::builder),
  RESOURCE_EXISTS("ResourceExistsException", ResourceExistsException::builder),
  RESOURCE_NOT_FOUND("ResourceNotFoundException", ResourceNotFoundException::builder),
  VALIDATION("ValidationException", SecretsManagerException::builder);

  private final String code;
  private final Supplier<? extends SecretsManagerException.Builder> exception;

  SecretsFault(String code, Supplier<? extends SecretsManagerException.Builder> exception) {
    this.code = code;
    this.exception = exception;
  }

  RuntimeException with(String message, Object... arguments) {
    return ServiceFault.of(exception.get(), code, 400, message, arguments);
  }
}
