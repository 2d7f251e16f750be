package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/// What is found to be wrong with an answer.
class ModelAnswerTest {

  private static ApiModel.Shape output(String service, String operation) {
    return ApiModel.of(service).operation(operation).orElseThrow().output();
  }

  @Test
  void membersThatTheModelRequiresAreMissed() {
    var answer =
        ModelAnswer.parse(
            "<ListResourceRecordSetsResponse><ResourceRecordSets><ResourceRecordSet>"
                + "<Name>shop.test.</Name></ResourceRecordSet></ResourceRecordSets>"
                + "</ListResourceRecordSetsResponse>");
    assertThat(ModelAnswer.problems(answer, output("route53", "ListResourceRecordSets")))
        .hasSize(3)
        .anyMatch(each -> each.endsWith("ResourceRecordSet lacks Type"))
        .anyMatch(each -> each.endsWith("ListResourceRecordSetsResponse lacks IsTruncated"))
        .anyMatch(each -> each.endsWith("ListResourceRecordSetsResponse lacks MaxItems"));
  }

  @Test
  void soAreThoseOfADocumentInJson() throws Exception {
    var answer = new ObjectMapper().readTree("{\"RoleName\": \"shop\"}");
    assertThat(ModelAnswer.problems(answer, output("iam", "GetRolePolicy")))
        .containsExactlyInAnyOrder(
            ": GetRolePolicyResponse lacks PolicyName",
            ": GetRolePolicyResponse lacks PolicyDocument");
  }

  /// What a header says is no part of the document.
  @Test
  void aRequiredHeaderIsNotLookedForInTheDocument() {
    var answer =
        ModelAnswer.parse(
            "<CreateHostedZoneResponse><HostedZone><Id>1</Id><Name>test.</Name>"
                + "<CallerReference>1</CallerReference></HostedZone></CreateHostedZoneResponse>");
    assertThat(ModelAnswer.problems(answer, output("route53", "CreateHostedZone")))
        .anyMatch(each -> each.endsWith("lacks ChangeInfo"))
        .noneMatch(each -> each.endsWith("lacks Location"));
  }
}
