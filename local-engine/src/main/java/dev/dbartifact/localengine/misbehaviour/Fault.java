package dev.dbartifact.localengine.misbehaviour;

import com.fasterxml.jackson.annotation.JsonInclude;

/// A fault that stands for the answer.
///
/// @param code as on the wire, such as `Throttling`
/// @param status the HTTP status; null for the one that AWS has for the code
/// @param message what people read; "Rate exceeded" for throttling where none is given
@JsonInclude(JsonInclude.Include.NON_NULL)
record Fault(String code, Integer status, String message) {

  Fault {
    if (message == null) {
      message =
          code != null && code.startsWith("Throttling")
              ? "Rate exceeded"
              : "Asked for by a rule of misbehaviour.";
    }
  }

  /// What is thrown instead of an answer of the service.
  AskedFault thrownBy(String service) {
    var usual = status == null ? KnownFaults.ofTheModels().status(service, code) : status;
    return new AskedFault(code, usual, message);
  }
}
