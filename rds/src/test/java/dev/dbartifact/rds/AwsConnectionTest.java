package dev.dbartifact.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a user hears when AWS cannot be reached or says no.
class AwsConnectionTest extends AwsConnectionFixture {

  @Test
  void readsTheCaller() {
    var aws = connection(200, CALLER);

    assertThat(aws.callerArn()).isEqualTo("arn:aws:iam::1:user/alice");
  }

  @ParameterizedTest
  @CsvSource({
    "InvalidClientTokenId, WRONG_CREDENTIALS, Check the profile",
    "ExpiredToken, WRONG_CREDENTIALS, log in again",
    "AccessDenied, NO_ACCESS, Ask for the right",
    "InvalidDBClusterStateFault, NOT_YET, in a few minutes",
    "InvalidParameterCombination, REFUSED, build it again",
    "SomethingNew, UNKNOWN, in a few minutes",
  })
  void codesHaveAMeaningAndAnAdvice(String code, ErrorMeaning meaning, String advice) {
    var aws = connection(400, fault(code, "no, not that"));

    assertThatThrownBy(aws::callerArn)
        .isInstanceOfSatisfying(
            AwsException.class,
            failed -> {
              assertThat(failed.meaning()).isEqualTo(meaning);
              assertThat(failed.code()).contains(code);
            })
        .hasMessageContainingAll("who the caller is", "no, not that (" + code + ")", advice);
  }

  /// What RDS refuses by name has come from an option, not from the artifact.
  @ParameterizedTest
  @CsvSource({
    "MasterUsername rdsadmin cannot be used as it is a reserved word, --db_username.",
    "The parameter MasterUserPassword is not a valid password, master password.",
    "The parameter DBClusterIdentifier is not a valid identifier, --cluster_id.",
    "The parameter DBInstanceIdentifier is not a valid identifier, --cluster_id.",
    "The parameter SourceDBClusterIdentifier is not a valid identifier, build it again.",
    "The parameter BackupRetentionPeriod is not valid, build it again.",
  })
  void aRefusedOptionIsAdvisedToBeChosenAnew(String text, String advice) {
    var aws = connection(400, fault("InvalidParameterValue", text));

    assertThatThrownBy(aws::callerArn).hasMessageEndingWith(advice);
  }

  private static String fault(String code, String message) {
    return "<ErrorResponse><Error><Type>Sender</Type><Code>"
        + code
        + "</Code><Message>"
        + message
        + "</Message></Error><RequestId>1</RequestId></ErrorResponse>";
  }

  @Test
  void throttlingIsTriedAgainByTheSdkAndThenToldSo() {
    var aws = connection(400, fault("Throttling", "Rate exceeded"));

    assertThatThrownBy(aws::callerArn)
        .isInstanceOfSatisfying(
            AwsException.class,
            failed -> assertThat(failed.meaning()).isEqualTo(ErrorMeaning.THROTTLED));
    assertThat(sent).hasSizeGreaterThan(1);
  }

  @Test
  void aRefusedConnectionIsToldWithWhatToCheck() {
    var aws =
        AwsConnection.open(settings(), new Transport(new ConnectException("Connection refused")));

    assertThatThrownBy(aws::callerArn)
        .isInstanceOfSatisfying(
            AwsException.class,
            failed -> assertThat(failed.meaning()).isEqualTo(ErrorMeaning.UNREACHABLE))
        .hasMessageContainingAll(
            "the endpoint http://127.0.0.1:1 cannot be reached",
            "Connection refused",
            "--endpoint_url");
  }

  @Test
  void aHostThatIsNotKnownIsToldByItsName() {
    var aws =
        AwsConnection.open(
            settings(), new Transport(new UnknownHostException("rds.nowhere.example")));

    assertThatThrownBy(aws::callerArn)
        .isInstanceOfSatisfying(
            AwsException.class,
            failed -> assertThat(failed.meaning()).isEqualTo(ErrorMeaning.UNREACHABLE))
        .hasMessageContainingAll(
            "cannot be reached: the host rds.nowhere.example is not known", "Check the region");
  }

  @Test
  void aCertificateThatIsNotTrustedIsToldWithWhereToNameItsAuthorities() {
    var aws =
        AwsConnection.open(
            settings(), new Transport(new SSLHandshakeException("PKIX path building failed")));

    assertThatThrownBy(aws::callerArn)
        .isInstanceOfSatisfying(
            AwsException.class,
            failed -> assertThat(failed.meaning()).isEqualTo(ErrorMeaning.UNREACHABLE))
        .hasMessageContainingAll(
            "no TLS connection to the endpoint http://127.0.0.1:1",
            "PKIX path building failed",
            "AWS_CA_BUNDLE");
  }

  @Test
  void anAnswerThatIsNotOfAwsIsToldAsSuch() {
    var aws = connection(403, "<html>Forbidden by the proxy</html>");

    assertThatThrownBy(aws::callerArn)
        .isInstanceOf(AwsException.class)
        .hasMessageContainingAll("HTTP status 403", "no answer of AWS", "proxies");
  }
}
