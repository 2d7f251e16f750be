package dev.dbartifact.localengine.rds.request;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.rds.model.AvailabilityZone;
import software.amazon.awssdk.services.rds.model.Outpost;
import software.amazon.awssdk.services.rds.model.Subnet;

/// Where everything lives: account, Region, and the default VPC with its subnets.
///
/// @param region such as `us-west-2`
/// @param account 12 digits
public record Home(String region, String account) {

  public static final String VPC = "vpc-0a100000000000001";
  public static final String SECURITY_GROUP = "sg-0a100000000000001";

  /// The hosted zones of RDS endpoints, as `DescribeDBInstances` shows them in these Regions. AWS
  /// publishes no list.
  private static final Map<String, String> HOSTED_ZONES =
      Map.ofEntries(
          Map.entry("ap-northeast-1", "Z24O6O9L7SGTNB"),
          Map.entry("ap-northeast-2", "ZLA2NUCOLGUUR"),
          Map.entry("ap-south-1", "Z2VFMSZA74J7XZ"),
          Map.entry("ap-southeast-1", "Z2G0U3KFCY8NZ5"),
          Map.entry("ap-southeast-2", "Z32T0VRHXEXS0V"),
          Map.entry("eu-central-1", "Z1RLNUO7B9Q6NB"),
          Map.entry("eu-west-1", "Z29XKXDKYMONMX"),
          Map.entry("eu-west-2", "Z1TTGA775OQIYO"),
          Map.entry("us-east-1", "Z2R2ITUGPM61AM"),
          Map.entry("us-east-2", "Z2XHWR1WZ565X2"),
          Map.entry("us-west-1", "Z10WI91S59XXQN"),
          Map.entry("us-west-2", "Z1PVIF0B656C1W"));

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final SecureRandom RANDOM = new SecureRandom();

  public Home {
    if (!region.matches("[a-z]{2}(-[a-z]+)+-[0-9]")) {
      throw new IllegalArgumentException("'" + region + "' is not a Region such as us-west-2");
    }
    if (!account.matches("[0-9]{12}")) {
      throw new IllegalArgumentException("'" + account + "' is not an account of 12 digits");
    }
  }

  /// The hosted zone of RDS endpoints here; of the same form, and made up, where AWS's is not
  /// known.
  public String hostedZone() {
    return HOSTED_ZONES.getOrDefault(region, madeUpZone());
  }

  private String madeUpZone() {
    var digits = UUID.nameUUIDFromBytes(region.getBytes(StandardCharsets.UTF_8)).toString();
    return "Z" + digits.replace("-", "").substring(0, 13).toUpperCase(Locale.ROOT);
  }

  public List<String> zones() {
    return List.of(region + "a", region + "b", region + "c");
  }

  /// Refuses a zone that the Region does not have.
  ///
  /// @param zone null where none is asked for
  public void requireZone(String zone) {
    if (zone != null && !zones().contains(zone)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid Availability Zone: %s. %s has %s.", zone, region, String.join(", ", zones()));
    }
  }

  /// Two subnets in each of three zones: `subnet-0a10000000000000a` … `…f`, zone a, b, c, a, b, c.
  public List<Subnet> subnets() {
    return "abcdef"
        .chars()
        .mapToObj(letter -> subnet((char) letter, zones().get((letter - 'a') % 3)))
        .toList();
  }

  private static Subnet subnet(char letter, String zone) {
    return Subnet.builder()
        .subnetIdentifier("subnet-0a10000000000000" + letter)
        .subnetAvailabilityZone(AvailabilityZone.builder().name(zone).build())
        .subnetOutpost(Outpost.builder().build())
        .subnetStatus("Active")
        .build();
  }

  /// The KMS key that AWS would have made for the account.
  public String defaultKey() {
    return "arn:aws:kms:%s:%s:key/0a100000-0000-4000-8000-000000000001".formatted(region, account);
  }

  /// The ARN of a KMS key. There is no KMS here: each key and alias of the Region is taken to
  /// exist.
  ///
  /// @param key a key's id, alias or ARN
  public String key(String key) {
    return knownKey(key)
        .orElseThrow(() ->
            RdsFault.KMS_KEY_NOT_ACCESSIBLE.with(
                "The specified KMS key [%s] does not exist, is not enabled or you do not have"
                    + " permissions to access it.",
                key));
  }

  /// The same; empty for what is no key.
  public Optional<String> knownKey(String key) {
    var here = "arn:aws:kms:%s:%s:".formatted(region, account);
    var name = key.startsWith(here) ? key.substring(here.length()) : key;
    if (name.equals("alias/aws/rds")) {
      return Optional.of(defaultKey());
    }
    if (name.matches("alias/[a-zA-Z0-9/_-]+")) {
      return Optional.of(
          here + "key/" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }
    var id = name.startsWith("key/") ? name.substring("key/".length()) : name;
    if (id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32}")) {
      return Optional.of(here + "key/" + id);
    }
    return Optional.of(name)
        .filter(it -> it.matches("arn:aws:kms:" + region + ":[0-9]{12}:(key|alias)/.+"));
  }

  /// The log stream of CloudWatch that Enhanced Monitoring of an instance would write to.
  public String monitoringStream(String dbiResourceId) {
    return "arn:aws:logs:%s:%s:log-group:RDSOSMetrics:log-stream:%s"
        .formatted(region, account, dbiResourceId);
  }

  public Optional<Subnet> subnet(String id) {
    return subnets().stream().filter(subnet -> subnet.subnetIdentifier().equals(id)).findFirst();
  }

  /// @param kind `cluster`, `db`, `subgrp`, `cluster-pg` or `pg`
  public String arn(String kind, String name) {
    return "arn:aws:rds:%s:%s:%s:%s".formatted(region, account, kind, name);
  }

  /// The name in an ARN of that kind, or the text itself where it is no ARN.
  public String name(String kind, String nameOrArn) {
    var prefix = arn(kind, "");
    return nameOrArn.startsWith(prefix) ? nameOrArn.substring(prefix.length()) : nameOrArn;
  }

  /// Taken apart, or empty where it is not an ARN of RDS here.
  public Optional<ResourceArn> resource(String arn) {
    var matcher =
        Pattern.compile("arn:aws:rds:" + region + ":" + account + ":([a-z-]+):(.+)").matcher(arn);
    return matcher.matches()
        ? Optional.of(new ResourceArn(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /// @param kind as in [#arn]
  public record ResourceArn(String kind, String name) {}

  /// A fresh name that never changes, such as `cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ`.
  public static String resourceId(String prefix) {
    var id = new StringBuilder(prefix);
    RANDOM.ints(26, 0, LETTERS.length()).forEach(i -> id.append(LETTERS.charAt(i)));
    return id.toString();
  }
}
