package dev.dbartifact.localengine;

import dev.dbartifact.localengine.cli.StartedEngine;
import dev.dbartifact.localengine.http.SignedRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A bit of everything that an engine remembers: how it is made, and what everybody sees of it.
record Everything(StartedEngine started, HttpClient client) implements AutoCloseable {

  private static final Pattern UNDER_WAY =
      Pattern.compile(
          "Status>(creating|copying|backing-up|starting|rebooting|modifying|configuring[a-z-]*"
              + "|PENDING)</");

  private static final Pattern GOES_ON =
      Pattern.compile(
          "<(RequestId|LatestRestorableTime|EarliestRestorableTime)>[^<]*|[Rr]equestId[^,]*");

  private static final String PASSWORD = "&MasterUsername=shop&MasterUserPassword=correct-horse";

  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
          + "\"Principal\":{\"Service\":\"rds.amazonaws.com\"}}]}";

  private static final List<String> RDS =
      List.of(
          "CreateDBClusterParameterGroup&DBClusterParameterGroupName=pg&Description=d"
              + "&DBParameterGroupFamily=aurora-postgresql17",
          "ModifyDBClusterParameterGroup&DBClusterParameterGroupName=pg"
              + "&Parameters.Parameter.1.ParameterName=work_mem"
              + "&Parameters.Parameter.1.ParameterValue=8192"
              + "&Parameters.Parameter.1.ApplyMethod=immediate",
          "CreateDBParameterGroup&DBParameterGroupName=ipg&Description=d"
              + "&DBParameterGroupFamily=postgres17",
          "CreateDBSubnetGroup&DBSubnetGroupName=net&DBSubnetGroupDescription=d"
              + "&SubnetIds.SubnetIdentifier.1=subnet-0a10000000000000a"
              + "&SubnetIds.SubnetIdentifier.2=subnet-0a10000000000000b",
          "CreateOptionGroup&OptionGroupName=og&EngineName=mariadb&MajorEngineVersion=10.11"
              + "&OptionGroupDescription=d",
          "ModifyCertificates&CertificateIdentifier=rds-ca-ecc384-g1",
          "CreateDBCluster&DBClusterIdentifier=prod&Engine=aurora-postgresql"
              + "&DBClusterParameterGroupName=pg"
              + PASSWORD,
          "CreateDBInstance&DBInstanceIdentifier=prod-1&DBClusterIdentifier=prod"
              + "&DBInstanceClass=db.r6g.large&Engine=aurora-postgresql",
          "CreateDBCluster&DBClusterIdentifier=kept&Engine=aurora-postgresql"
              + "&MasterUsername=shop&ManageMasterUserPassword=true",
          "CreateDBInstance&DBInstanceIdentifier=own&AllocatedStorage=20"
              + "&DBInstanceClass=db.r6g.large&Engine=postgres"
              + PASSWORD,
          "CreateDBClusterSnapshot&DBClusterIdentifier=prod&DBClusterSnapshotIdentifier=snap",
          "CreateDBClusterEndpoint&DBClusterEndpointIdentifier=any&DBClusterIdentifier=prod"
              + "&EndpointType=ANY");

  private static final List<String> SEEN =
      List.of(
          "DescribeDBClusters",
          "DescribeDBInstances",
          "DescribeDBClusterSnapshots",
          "DescribeDBClusterEndpoints",
          "DescribeDBClusterParameters&DBClusterParameterGroupName=pg&Source=user",
          "DescribeDBParameterGroups",
          "DescribeDBSubnetGroups",
          "DescribeOptionGroups",
          "DescribeCertificates");

  Everything(StartedEngine started) {
    this(started, HttpClient.newHttpClient());
  }

  void make() throws Exception {
    for (var action : RDS) {
      done(rds(action));
      awaitRest();
    }
    done(
        secrets(
            "CreateSecret",
            "{\"Name\":\"a\",\"SecretString\":\"b\",\"ClientRequestToken\":\"0123456789abcdef0123456789abcdef\"}"));
    done(
        send(
            "POST",
            "/2013-04-01/hostedzone",
            "<CreateHostedZoneRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">"
                + "<Name>example.com</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>",
            "route53"));
    done(
        send(
            "POST",
            "/",
            "Action=CreateSecurityGroup&Version=2016-11-15&GroupName=web&GroupDescription=x",
            "ec2"));
    done(
        send(
            "POST",
            "/",
            "Action=CreateRole&Version=2010-05-08&RoleName=loads&AssumeRolePolicyDocument="
                + URLEncoder.encode(POLICY, StandardCharsets.UTF_8),
            "iam"));
  }

  private static void done(String answer) {
    if (answer.contains("<Error>") || answer.contains("\"__type\"")) {
      throw new AssertionError(answer);
    }
  }

  private void awaitRest() throws Exception {
    Waiting.until("rest", () -> !UNDER_WAY.matcher(clusters()).find());
  }

  private String clusters() throws Exception {
    return rds("DescribeDBClusters")
        + rds("DescribeDBInstances")
        + rds("DescribeDBClusterEndpoints")
        + rds("DescribeDBClusterSnapshots");
  }

  /// What it answers once it has come to rest.
  String seen() throws Exception {
    awaitRest();
    var seen = new ArrayList<String>();
    seen.add(started.announced());
    for (var action : SEEN) {
      seen.add(rds(action));
    }
    seen.add(secrets("ListSecrets", "{}"));
    seen.add(send("GET", "/2013-04-01/hostedzone", "", "route53"));
    seen.add(send("POST", "/", "Action=DescribeSecurityGroups&Version=2016-11-15", "ec2"));
    seen.add(send("POST", "/", "Action=ListRoles&Version=2010-05-08", "iam"));
    return GOES_ON.matcher(String.join("\n", seen)).replaceAll("");
  }

  private String rds(String action) throws Exception {
    return send("POST", "/", "Action=" + action + "&Version=2014-10-31", "rds");
  }

  private String secrets(String action, String body) throws Exception {
    var signed = SignedRequest.of("POST", at("/"), body, "secretsmanager", started.key());
    return sent(
        HttpRequest.newBuilder(signed, (_, _) -> true)
            .header("X-Amz-Target", "secretsmanager." + action)
            .build());
  }

  private URI at(String path) {
    return started.engine().endpoint().resolve(path);
  }

  private String send(String method, String path, String body, String service) throws Exception {
    return sent(SignedRequest.of(method, at(path), body, service, started.key()));
  }

  private String sent(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8)).body();
  }

  @Override
  public void close() {
    client.close();
  }
}
