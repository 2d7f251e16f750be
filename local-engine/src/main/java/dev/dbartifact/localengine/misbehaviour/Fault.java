package dev.dbartifact.localengine.misbehaviour;

/// A fault that stands for the answer.
///
/// @param code as on the wire, such as `Throttling`
/// @param status the HTTP status; 404 for codes with NotFound, otherwise 400, where none is given
/// @param message what people read; "Rate exceeded" for throttling where none is given
record Fault(String code, Integer status, String message) {

  Fault {
    if (status == null) {
      status = code != null && code.contains("NotFound") ? 404 : 400;
    }
    if (message == null) {
      message =
          code != null && code.startsWith("Throttling")
              ? "Rate exceeded"
              : "Asked for by a rule of misbehaviour.";
    }
  }
}
