package dev.dbartifact.localengine.ec2;

import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.wire.Answer;
import dev.dbartifact.localengine.wire.Call;
import dev.dbartifact.localengine.wire.FaultCodes;
import dev.dbartifact.localengine.wire.Honours;
import dev.dbartifact.localengine.wire.Interference;
import dev.dbartifact.localengine.wire.Parameters;
import dev.dbartifact.localengine.wire.ProtocolFault;
import dev.dbartifact.localengine.wire.QueryProtocol;
import dev.dbartifact.localengine.wire.Service;
import dev.dbartifact.localengine.wire.ServiceOffer;
import dev.dbartifact.localengine.wire.XmlWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The little of EC2 that databases need: subnets and security groups. The SDK's client of EC2 has
/// 24 MB, so these few shapes are written by hand.
///
/// See `aws.protocols#ec2Query` in the Smithy specification.
public final class LocalEc2 implements Service {

  public static final String NAME = "ec2";

  private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";
  private static final String XML = "text/xml";

  private static final Map<String, Honours> OFFERED = offer().actions();

  private static final FaultCodes CODES =
      FaultCodes.QUERY
          .with(ProtocolFault.INTERNAL_FAILURE, "InternalError", 500)
          .with(ProtocolFault.INVALID_CLIENT_TOKEN_ID, "AuthFailure", 401)
          .with(ProtocolFault.MISSING_AUTHENTICATION_TOKEN, "AuthFailure", 401)
          // "Common client error codes" of EC2 has no SignatureDoesNotMatch.
          .with(ProtocolFault.SIGNATURE_DOES_NOT_MATCH, "AuthFailure", 401)
          .with(ProtocolFault.REQUEST_EXPIRED, "RequestExpired", 400)
          .with(ProtocolFault.EXPIRED_TOKEN, "RequestExpired", 400);

  private final Map<String, Function<Form, XmlWriter.Content>> actions = new TreeMap<>();

  /// @param used the ids of groups that databases are in
  public LocalEc2(Path folder, Home home, Supplier<Set<String>> used) {
    var networks = new Networks(home);
    var shelf = new GroupShelf(folder);
    var groups = new SecurityGroups(shelf, home, used);
    var rules = new SecurityGroupRules(shelf, home);
    var tags = new Ec2Tags(shelf);
    actions.put("AuthorizeSecurityGroupEgress", rules::authorizeSecurityGroupEgress);
    actions.put("AuthorizeSecurityGroupIngress", rules::authorizeSecurityGroupIngress);
    actions.put("CreateSecurityGroup", groups::createSecurityGroup);
    actions.put("CreateTags", tags::createTags);
    actions.put("DeleteSecurityGroup", groups::deleteSecurityGroup);
    actions.put("DeleteTags", tags::deleteTags);
    actions.put("DescribeAvailabilityZones", networks::describeAvailabilityZones);
    actions.put("DescribeNetworkInterfaces", networks::describeNetworkInterfaces);
    actions.put("DescribeSecurityGroupRules", rules::describeSecurityGroupRules);
    actions.put("DescribeSecurityGroups", groups::describeSecurityGroups);
    actions.put("DescribeSubnets", networks::describeSubnets);
    actions.put("DescribeTags", tags::describeTags);
    actions.put("DescribeVpcAttribute", networks::describeVpcAttribute);
    actions.put("DescribeVpcs", networks::describeVpcs);
    actions.put("ModifySecurityGroupRules", rules::modifySecurityGroupRules);
    actions.put("RevokeSecurityGroupEgress", rules::revokeSecurityGroupEgress);
    actions.put("RevokeSecurityGroupIngress", rules::revokeSecurityGroupIngress);
  }

  /// What is answered.
  public static ServiceOffer offer() {
    return ServiceOffer.ofAnnotated(
        NAME, Networks.class, SecurityGroups.class, SecurityGroupRules.class, Ec2Tags.class);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Answer answer(Call call) {
    var requestId = UUID.randomUUID().toString();
    try {
      return invoke(Parameters.parse(QueryProtocol.form(call)), requestId);
    } catch (AwsServiceException fault) {
      return refused(CODES.translate(fault), requestId);
    }
  }

  private Answer invoke(Parameters parameters, String requestId) {
    var name =
        parameters
            .take("Action")
            .orElseThrow(() -> Ec2Fault.of("MissingAction", "No parameter Action"));
    parameters.take("Version");
    var action = actions.get(name);
    if (action == null) {
      throw Ec2Fault.of(
          "UnsupportedOperation",
          "The local engine does not offer %s; 'db-artifact-local actions' lists what it offers.",
          name);
    }
    if (parameters.take("DryRun").filter("true"::equals).isPresent()) {
      throw Ec2Fault.of(
          412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
    }
    if (takesPages(name)) {
      // There is never more than one page.
      parameters.take("MaxResults");
    }
    var target = new Interference.Target(NAME, name, "");
    var content =
        (XmlWriter.Content)
            Interference.CURRENT
                .orElse(Interference.NONE)
                .around(target, () -> oneAtATime(action, new Form(parameters)));
    var body =
        XmlWriter.document(
            name + "Response",
            NAMESPACE,
            to -> {
              to.element("requestId", requestId);
              content.write(to);
            });
    return new Answer(200, XML, requestId, body);
  }

  private static boolean takesPages(String action) {
    return List.of(OFFERED.get(action).value()).contains("MaxResults");
  }

  /// They look at several groups before they change one.
  private XmlWriter.Content oneAtATime(Function<Form, XmlWriter.Content> action, Form form) {
    synchronized (actions) {
      return action.apply(form);
    }
  }

  @Override
  public Answer refuse(AwsServiceException fault, String requestId) {
    return refused(CODES.translate(fault), requestId);
  }

  /// EC2 has a form of its own.
  private static Answer refused(AwsServiceException fault, String requestId) {
    var details = fault.awsErrorDetails();
    var body =
        XmlWriter.document(
            "Response",
            NAMESPACE,
            to -> {
              to.element(
                  "Errors",
                  errors ->
                      errors.element(
                          "Error",
                          error -> {
                            error.element("Code", details.errorCode());
                            error.element("Message", details.errorMessage());
                          }));
              to.element("RequestID", requestId);
            });
    return new Answer(fault.statusCode(), XML, requestId, body);
  }
}
