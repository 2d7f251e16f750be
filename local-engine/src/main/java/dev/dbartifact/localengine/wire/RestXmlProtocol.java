package dev.dbartifact.localengine.wire;

import java.util.HashMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.utils.builder.Buildable;

/// The REST protocol of AWS with XML documents.
///
/// See `aws.protocols#restXml` in the Smithy specification.
public final class RestXmlProtocol extends Protocol {

  private static final String XML = "text/xml";

  private final Routes routes;

  /// @param implementations share the actions among them; see [Actions]
  public RestXmlProtocol(Api api, FaultCodes codes, Object... implementations) {
    super(api, codes, implementations);
    routes = new Routes(actions.all());
  }

  @Override
  Answer invoke(Call call, String requestId) {
    var match = RestCalls.find(routes, actions, call);
    var action = match.action();
    var builder = action.newRequest();
    RestBinding.read(builder, match.labels(), call);
    if (hasBody(builder) && call.body().length > 0) {
      XmlReader.read(builder, call.body(), action.name() + "Request", api.namespace());
    }
    var request = (SdkPojo) ((Buildable) builder).build();
    var response = call(action, request);
    var headers = new HashMap<>(RestBinding.headers(response));
    var body =
        XmlWriter.document(action.name() + "Response", api.namespace(), to -> to.fields(response));
    return new Answer(action.status(), XML, requestId, headers, body);
  }

  private static boolean hasBody(SdkPojo builder) {
    return builder.sdkFields().stream()
        .anyMatch(field -> field.location() == MarshallLocation.PAYLOAD);
  }

  @Override
  Answer refused(AwsServiceException fault, String requestId) {
    var body = XmlFault.document(fault, api.namespace(), requestId);
    return new Answer(fault.statusCode(), XML, requestId, body);
  }
}
