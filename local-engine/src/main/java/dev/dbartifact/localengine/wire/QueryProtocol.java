package dev.dbartifact.localengine.wire;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

/// The Query protocol of AWS: a form in, an XML document out.
///
/// See `aws.protocols#awsQuery` in the Smithy specification.
public final class QueryProtocol implements Service {

  private static final Logger LOG = LoggerFactory.getLogger(QueryProtocol.class);
  private static final String XML = "text/xml";

  private final Api api;
  private final Actions actions;
  private final Object implementation;

  /// @param implementation answers; see [Actions]
  public QueryProtocol(Api api, Object implementation) {
    this.api = api;
    this.actions = new Actions(api, implementation.getClass());
    this.implementation = implementation;
  }

  @Override
  public String name() {
    return api.service();
  }

  @Override
  public Answer answer(Call call) {
    var requestId = UUID.randomUUID().toString();
    try {
      return invoke(call.text(), requestId);
    } catch (AwsServiceException fault) {
      return refuse(fault, requestId);
    } catch (RuntimeException e) {
      LOG.error("Request " + requestId + " failed", e);
      return refuse(
          ProtocolFault.INTERNAL_FAILURE.with(
              "The local engine failed; its log says more under " + requestId),
          requestId);
    }
  }

  private Answer invoke(String form, String requestId) {
    var parameters = Parameters.parse(form);
    var name =
        parameters
            .take("Action")
            .orElseThrow(() -> ProtocolFault.MISSING_ACTION.with("No parameter Action"));
    var version = parameters.take("Version").orElse(api.version());
    if (!version.equals(api.version())) {
      throw ProtocolFault.NO_SUCH_VERSION.with(
          "%s has version %s, not %s".formatted(api.service(), api.version(), version));
    }
    var action = actions.find(name);
    var request = (SdkPojo) QueryReader.read(action.newRequest(), parameters);
    return new Answer(
        200, XML, requestId, response(name, action.call(implementation, request), requestId));
  }

  private String response(String action, SdkPojo response, String requestId) {
    return XmlWriter.document(
        action + "Response",
        api.namespace(),
        to -> {
          if (!response.sdkFields().isEmpty()) {
            to.element(action + "Result", result -> result.fields(response));
          }
          to.element("ResponseMetadata", of -> of.element("RequestId", requestId));
        });
  }

  @Override
  public Answer refuse(AwsServiceException fault) {
    return refuse(fault, UUID.randomUUID().toString());
  }

  private Answer refuse(AwsServiceException fault, String requestId) {
    var details = fault.awsErrorDetails();
    var body =
        XmlWriter.document(
            "ErrorResponse",
            api.namespace(),
            to -> {
              to.element(
                  "Error",
                  error -> {
                    error.element("Type", fault.statusCode() < 500 ? "Sender" : "Receiver");
                    error.element("Code", details.errorCode());
                    error.element("Message", details.errorMessage());
                  });
              to.element("RequestId", requestId);
            });
    return new Answer(fault.statusCode(), XML, requestId, body);
  }
}
