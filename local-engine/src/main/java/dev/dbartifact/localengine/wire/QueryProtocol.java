package dev.dbartifact.localengine.wire;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

/// The Query protocol of AWS: a form in, an XML document out.
///
/// See `aws.protocols#awsQuery` in the Smithy specification.
public final class QueryProtocol extends Protocol {

  private static final String XML = "text/xml";

  /// @param implementations share the actions among them; see [Actions]
  public QueryProtocol(Api api, Object... implementations) {
    super(api, FaultCodes.QUERY, implementations);
  }

  @Override
  Answer invoke(Call call, String requestId) {
    var parameters = Parameters.parse(form(call));
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
    return new Answer(200, XML, requestId, response(action, call(action, request), requestId));
  }

  /// The form of a request: what its address carries, beside the signature of presigned ones, and
  /// its body.
  public static String form(Call call) {
    var query = call.uri().getRawQuery();
    return Stream.concat(
            Arrays.stream(query == null ? new String[0] : query.split("&")), Stream.of(call.text()))
        .filter(part -> !part.isEmpty() && !part.startsWith("X-Amz-"))
        .collect(Collectors.joining("&"));
  }

  private String response(Action action, SdkPojo response, String requestId) {
    return XmlWriter.document(
        action.name() + "Response",
        api.namespace(),
        to -> {
          if (!response.sdkFields().isEmpty() || action.hasEmptyResult()) {
            to.element(action.name() + "Result", result -> result.fields(response));
          }
          to.element("ResponseMetadata", of -> of.element("RequestId", requestId));
        });
  }

  @Override
  Answer refused(AwsServiceException fault, String requestId) {
    var body = XmlFault.document(fault, api.namespace(), requestId);
    return new Answer(fault.statusCode(), XML, requestId, body);
  }
}
