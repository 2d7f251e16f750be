package dev.dbartifact.localengine.wire;

import java.util.LinkedHashMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/// The AWS JSON protocol, version 1.1: a document in, a document out, and the operation in the
/// header X-Amz-Target.
///
/// See `aws.protocols#awsJson1_1` in the Smithy specification.
public final class JsonProtocol extends Protocol {

  private static final String JSON = "application/x-amz-json-1.1";

  /// @param implementations share the actions among them; see [Actions]
  public JsonProtocol(Api api, FaultCodes codes, Object... implementations) {
    super(api, codes, implementations);
  }

  @Override
  Answer invoke(Call call, String requestId) {
    var target = call.header("x-amz-target").orElse("");
    var prefix = api.namespace() + ".";
    if (!call.method().equals("POST") || !target.startsWith(prefix)) {
      throw ProtocolFault.INVALID_ACTION.with(
          "The header X-Amz-Target names no operation of %s: '%s'".formatted(name(), target));
    }
    var action = actions.find(target.substring(prefix.length()));
    var builder = action.newRequest();
    JsonReader.read(builder, call.body());
    var response = call(action, (SdkPojo) ((Buildable) builder).build());
    return new Answer(200, JSON, requestId, JsonWriter.write(JsonWriter.tree(response)));
  }

  @Override
  Answer refused(AwsServiceException fault, String requestId) {
    var body = new LinkedHashMap<String, Object>();
    body.put("__type", fault.awsErrorDetails().errorCode());
    body.put("Message", fault.awsErrorDetails().errorMessage());
    if (fault instanceof SdkPojo modelled) {
      body.putAll(JsonWriter.tree(modelled));
    }
    return new Answer(fault.statusCode(), JSON, requestId, JsonWriter.write(body));
  }
}
