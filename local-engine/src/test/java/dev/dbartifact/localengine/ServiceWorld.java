package dev.dbartifact.localengine;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Everything that a service around RDS keeps, as one text without what is random.
final class ServiceWorld {

  private static final String DNS = "GET /2013-04-01";

  private final PreparedService service;
  private final StringBuilder world = new StringBuilder();

  private ServiceWorld(PreparedService service) {
    this.service = service;
  }

  /// @param name of the service
  static String of(PreparedService service, String name) {
    var world = new ServiceWorld(service);
    switch (name) {
      case "ec2" -> world.networks();
      case "iam" -> world.roles();
      case "route53" -> world.zones();
      case "secretsmanager" -> world.secrets();
      // They keep nothing.
      case "rds-data", "sts" -> {}
      default -> throw new AssertionError("what is there in " + name + "?");
    }
    return PreparedService.mask(world.world.toString());
  }

  /// What an answer says, added to what there is.
  private String seen(String request) {
    var body = service.ask(request).body();
    world.append(body).append('\n');
    return body;
  }

  private String form(String form) {
    return seen("POST /\n\n" + form);
  }

  private void networks() {
    List.of("SecurityGroups", "SecurityGroupRules", "Tags")
        .forEach(each -> form("Action=Describe" + each));
  }

  private void roles() {
    for (var role : named(form("Action=ListRoles"), "<RoleName>([^<]+)")) {
      List.of("GetRole", "ListRoleTags", "ListAttachedRolePolicies")
          .forEach(action -> form("Action=" + action + "&RoleName=" + role));
      var policies = form("Action=ListRolePolicies&RoleName=" + role);
      for (var policy : named(policies, "<member>([^<]+)</member>")) {
        form("Action=GetRolePolicy&RoleName=" + role + "&PolicyName=" + policy);
      }
    }
  }

  private void zones() {
    for (var id : named(seen(DNS + "/hostedzonesbyname"), "<Id>/hostedzone/([^<]+)")) {
      Stream.of("/hostedzone/", "/tags/hostedzone/").forEach(path -> seen(DNS + path + id));
      seen(DNS + "/hostedzone/" + id + "/rrset");
    }
  }

  private void secrets() {
    var all = secret("ListSecrets", "\"IncludePlannedDeletion\":true,\"SortBy\":\"name\"");
    for (var name : named(all, "\"Name\":\"([^\"]+)")) {
      var id = "\"SecretId\":\"" + name + "\"";
      secret("DescribeSecret", id);
      var versions = secret("ListSecretVersionIds", id + ",\"IncludeDeprecated\":true");
      for (var version : named(versions, "\"VersionId\":\"([^\"]+)")) {
        secret("GetSecretValue", id + ",\"VersionId\":\"" + version + "\"");
      }
    }
  }

  private String secret(String action, String members) {
    return seen("POST /\nX-Amz-Target: secretsmanager.%s\n\n{%s}".formatted(action, members));
  }

  private static List<String> named(String body, String pattern) {
    return Pattern.compile(pattern).matcher(body).results().map(match -> match.group(1)).toList();
  }
}
