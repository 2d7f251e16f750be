package dev.dbartifact.localengine.iam;

import dev.dbartifact.localengine.wire.ServiceFault;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.UnmodifiableEntityException;

/// The faults of IAM.
///
/// See the API model of IAM, version 2010-05-08.
enum IamFault {
  DELETE_CONFLICT("DeleteConflict", 409, DeleteConflictException::builder),
  ENTITY_ALREADY_EXISTS("EntityAlreadyExists", 409, EntityAlreadyExistsException::builder),
  INVALID_INPUT("InvalidInput", 400, InvalidInputException::builder),
  LIMIT_EXCEEDED("LimitExceeded", 409, LimitExceededException::builder),
  MALFORMED_POLICY_DOCUMENT(
      "MalformedPolicyDocument", 400, MalformedPolicyDocumentException::builder),
  NO_SUCH_ENTITY("NoSuchEntity", 404, NoSuchEntityException::builder),
  UNMODIFIABLE_ENTITY("UnmodifiableEntity", 400, UnmodifiableEntityException::builder),
  VALIDATION_ERROR("ValidationError", 400, IamException::builder);

  private final String code;
  private final int status;
  private final Supplier<? extends IamException.Builder> exception;

  IamFault(String code, int status, Supplier<? extends IamException.Builder> exception) {
    this.code = code;
    this.status = status;
    this.exception = exception;
  }

  RuntimeException with(String message, Object... arguments) {
    return ServiceFault.of(exception.get(), code, status, message, arguments);
  }
}
