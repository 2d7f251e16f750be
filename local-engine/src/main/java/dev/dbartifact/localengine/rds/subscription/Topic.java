package dev.dbartifact.localengine.rds.subscription;

import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.regex.Pattern;

/// The ARN of a topic of SNS. There is no SNS here: each topic of the account and the Region is
/// taken to exist. Pure.
///
/// See CreateTopic in the Amazon SNS API Reference.
final class Topic {

  private static final Pattern ARN =
      Pattern.compile("arn:aws:sns:([a-z0-9-]+):([0-9]{12}):([A-Za-z0-9_-]{1,256}(\\.fifo)?)");

  private Topic() {}

  static String require(Home home, String arn) {
    var topic = ARN.matcher(arn);
    if (!topic.matches() || !topic.group(1).equals(home.region())) {
      throw RdsFault.SNS_INVALID_TOPIC.with(
          "SNS topic %s is invalid. It must be the ARN of a topic in %s.", arn, home.region());
    }
    if (topic.group(4) != null) {
      throw RdsFault.SNS_INVALID_TOPIC.with(
          "SNS topic %s is invalid: RDS does not support FIFO topics.", arn);
    }
    if (!topic.group(2).equals(home.account())) {
      throw RdsFault.SNS_NO_AUTHORIZATION.with(
          "You do not have permission to publish to the SNS topic ARN %s.", arn);
    }
    return arn;
  }
}
