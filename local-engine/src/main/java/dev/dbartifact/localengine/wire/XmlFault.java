package dev.dbartifact.localengine.wire;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

/// A fault as an XML document.
final class XmlFault {

  private XmlFault() {}

  static String document(AwsServiceException fault, String namespace, String requestId) {
    var details = fault.awsErrorDetails();
    return XmlWriter.document(
        "ErrorResponse",
        namespace,
        to -> {
          to.element(
              "Error",
              error -> {
                error.element("Type", fault.statusCode() < 500 ? "Sender" : "Receiver");
                error.element("Code", details.errorCode());
                error.element("Message", details.errorMessage());
                if (fault instanceof SdkPojo modelled) {
                  error.fields(modelled);
                }
              });
          to.element("RequestId", requestId);
        });
  }
}
