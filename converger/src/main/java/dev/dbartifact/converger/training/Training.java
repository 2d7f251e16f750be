package dev.dbartifact.converger.training;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MetadataJson;
import dev.dbartifact.converger.Main;
import dev.dbartifact.converger.migration.Login;
import dev.dbartifact.converger.options.OptionsReader;
import dev.dbartifact.converger.options.StandardInput;
import dev.dbartifact.converger.state.DesiredState;
import dev.dbartifact.converger.state.Wishes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import liquibase.database.core.MySQLDatabase;
import liquibase.database.core.PostgresDatabase;

/// Walks what a converge walks, with a stand-in for AWS in this very machine, so that the JVM
/// learns which classes are needed. Ends with 0 when every command came to what it should.
public final class Training {
  private static final List<String> FILES =
      List.of(
          "metadata.json",
          "changelog/db.changelog.xml",
          "changelog/more.sql",
          "changelog/more.yaml");

  private static final ClusterId TARGET = new ClusterId("shop-prod-clone-alice");

  private final Path root;
  private final StandIn aws;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  private Training(Path root, StandIn aws) {
    this.root = root;
    this.aws = aws;
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Files.createTempDirectory("db-artifact-training");
    try {
      rehearse(root);
    } finally {
      remove(root);
    }
    System.exit(0);
  }

  /// @param root an empty folder
  /// @return how many SQL statements the sample's changelog came to
  static int rehearse(Path root) throws Exception {
    System.setProperty("aws.accessKeyId", "TRAINING");
    System.setProperty("aws.secretAccessKey", "TRAINING");
    try (var aws = new StandIn()) {
      System.setProperty("aws.endpointUrl", aws.endpoint().toString());
      return new Training(root, aws).walk();
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
      System.clearProperty("aws.endpointUrl");
    }
  }

  private int walk() throws Exception {
    unpack();
    expect(0, "--version");
    expect(0, "--help");
    expect(0, "describe");
    aws.answer(
        "GetCallerIdentity",
        "<Arn>arn:aws:iam::000000000000:user/alice</Arn><Account>000000000000</Account>");
    aws.answer("DescribeDBInstances", "<DBInstances></DBInstances>");
    expect(3, "plan", "--detailed-exitcode");
    makeAndGiveUp();
    findItConverged();
    logIn();
    int statements = 0;
    for (var database : List.of(new PostgresDatabase(), new MySQLDatabase())) {
      statements +=
          ChangelogRehearsal.run(root.resolve("artifact/changelog"), "db.changelog.xml", database);
    }
    return statements;
  }

  /// Everything is accepted, and then nobody answers at the database.
  private void makeAndGiveUp() throws Exception {
    for (String action :
        List.of(
            "RestoreDBClusterToPointInTime",
            "CreateDBInstance",
            "ModifyDBCluster",
            "AddTagsToResource",
            "DescribeEvents")) {
      aws.answer(action, "");
    }
    aws.answer("DescribeDBClusters", cluster(Map.of("db-artifact:name", "training")));
    aws.answer("DescribeDBInstances", instances(Map.of()));
    expect(1, "converge", "--timeout", "1s");
  }

  private void findItConverged() throws Exception {
    var tags = desired().birthTags().with(desired().sealTags()).values();
    aws.answer("DescribeDBClusters", cluster(tags));
    aws.answer("DescribeDBInstances", instances(tags));
    expect(0, "converge");
    expect(0, "converge", "--output", "json");
    expect(0, "plan", "--detailed-exitcode", "--output", "json");
    expect(0, "status");
    expect(0, "status", "--output", "json");
  }

  private void logIn() throws Exception {
    var tls = RehearsalTls.make(root);
    for (Engine engine : Engine.values()) {
      Login login = LoginRehearsal.run(engine, tls);
      if (!(login instanceof Login.Refused(var why, var _, var _))
          || why != Login.Why.CREDENTIALS) {
        throw new IllegalStateException(
            "the login to " + engine + " was not refused for its password: " + login);
      }
    }
  }

  private DesiredState desired() throws Exception {
    Path file = root.resolve("artifact/metadata.json");
    ArtifactMetadata metadata = MetadataJson.read(Files.readAllBytes(file), file.toString());
    var options = OptionsReader.read(List.of(), Map.of(), StandardInput.NONE);
    return new Wishes(metadata, options).desired(TARGET, "alice", Instant.EPOCH);
  }

  private void expect(int exitCode, String... arguments) {
    told.reset();
    var out = new PrintStream(told, true, StandardCharsets.UTF_8);
    var all = List.of(arguments);
    int found =
        new Main(
                InputStream.nullInputStream(),
                out,
                out,
                Map.of("DB_PASSWORD", "a-training-password"),
                path -> Path.of(root + path.toString()))
            .run(all);
    if (found != exitCode) {
      throw new IllegalStateException(
          all
              + " ended with "
              + found
              + " instead of "
              + exitCode
              + ":\n"
              + told.toString(StandardCharsets.UTF_8));
    }
  }

  private static String cluster(Map<String, String> tags) {
    return """
    <DBClusters><DBCluster>\
    <DBClusterIdentifier>shop-prod-clone-alice</DBClusterIdentifier>\
    <DBClusterArn>arn:aws:rds:us-east-1:000000000000:cluster:shop-prod-clone-alice</DBClusterArn>\
    <Status>available</Status><Engine>aurora-postgresql</Engine>\
        <AvailabilityZones><AvailabilityZone>us-east-1a</AvailabilityZone></AvailabilityZones>\
        <ClusterCreateTime>2030-01-01T00:00:00.000Z</ClusterCreateTime><PendingModifiedValues/>\
    <EngineVersion>17.11</EngineVersion><Endpoint>127.0.0.1</Endpoint>\
    <ReaderEndpoint>127.0.0.1</ReaderEndpoint><Port>1150</Port>\
    <MasterUsername>shop</MasterUsername><DatabaseName>orders</DatabaseName>\
    <DBSubnetGroup>default</DBSubnetGroup>\
    <DBClusterParameterGroup>default.aurora-postgresql17</DBClusterParameterGroup>\
    <BackupRetentionPeriod>1</BackupRetentionPeriod>\
    <PreferredBackupWindow>03:39-04:09</PreferredBackupWindow>\
    <PreferredMaintenanceWindow>fri:05:58-fri:06:28</PreferredMaintenanceWindow>\
    <StorageEncrypted>false</StorageEncrypted><DeletionProtection>false</DeletionProtection>\
    <CopyTagsToSnapshot>false</CopyTagsToSnapshot>\
    <IAMDatabaseAuthenticationEnabled>false</IAMDatabaseAuthenticationEnabled>\
    <VpcSecurityGroups><VpcSecurityGroupMembership>\
    <VpcSecurityGroupId>sg-0a100000000000001</VpcSecurityGroupId><Status>active</Status>\
    </VpcSecurityGroupMembership></VpcSecurityGroups>\
    <DBClusterMembers><DBClusterMember>\
    <DBInstanceIdentifier>shop-prod-clone-alice-1</DBInstanceIdentifier>\
    <IsClusterWriter>true</IsClusterWriter></DBClusterMember></DBClusterMembers>\
    <TagList>%s</TagList></DBCluster></DBClusters>\
    """
        .formatted(tagList(tags));
  }

  private static String instances(Map<String, String> tags) {
    return """
    <DBInstances><DBInstance>\
    <DBInstanceIdentifier>shop-prod-clone-alice-1</DBInstanceIdentifier>\
    <DBInstanceArn>arn:aws:rds:us-east-1:000000000000:db:shop-prod-clone-alice-1</DBInstanceArn>\
    <DBInstanceClass>db.t4g.medium</DBInstanceClass><Engine>aurora-postgresql</Engine>\
    <DBInstanceStatus>available</DBInstanceStatus>\
        <Endpoint><Address>127.0.0.1</Address><Port>1150</Port><HostedZoneId>Z</HostedZoneId></Endpoint>\
        <InstanceCreateTime>2030-01-01T00:00:00.000Z</InstanceCreateTime>\
        <DBSubnetGroup><DBSubnetGroupName>default</DBSubnetGroupName><VpcId>vpc-1</VpcId><Subnets><Subnet>\
        <SubnetIdentifier>subnet-0000000a</SubnetIdentifier><SubnetAvailabilityZone><Name>us-east-1a</Name>\
        </SubnetAvailabilityZone><SubnetStatus>Active</SubnetStatus></Subnet></Subnets></DBSubnetGroup>\
        <VpcSecurityGroups><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-0a100000000000001</VpcSecurityGroupId>\
        <Status>active</Status></VpcSecurityGroupMembership></VpcSecurityGroups>\
        <OptionGroupMemberships><OptionGroupMembership><OptionGroupName>default</OptionGroupName>\
        <Status>in-sync</Status></OptionGroupMembership></OptionGroupMemberships>\
        <PendingModifiedValues/><StorageEncrypted>false</StorageEncrypted><AllocatedStorage>1</AllocatedStorage>\
        <CertificateDetails><CAIdentifier>rds-ca-rsa2048-g1</CAIdentifier></CertificateDetails>\
    <PreferredMaintenanceWindow>fri:05:58-fri:06:28</PreferredMaintenanceWindow>\
    <AutoMinorVersionUpgrade>true</AutoMinorVersionUpgrade>\
    <PubliclyAccessible>false</PubliclyAccessible>\
    <DBParameterGroups><DBParameterGroup>\
    <DBParameterGroupName>default.aurora-postgresql17</DBParameterGroupName>\
    <ParameterApplyStatus>in-sync</ParameterApplyStatus></DBParameterGroup></DBParameterGroups>\
    <TagList>%s</TagList></DBInstance></DBInstances>\
    """
        .formatted(tagList(tags));
  }

  private static String tagList(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag ->
            "<Tag><Key>" + tag.getKey() + "</Key><Value>" + tag.getValue() + "</Value></Tag>")
        .collect(Collectors.joining());
  }

  private void unpack() throws IOException {
    for (String file : FILES) {
      Path to = root.resolve("artifact").resolve(file);
      Files.createDirectories(to.getParent());
      try (InputStream in = Training.class.getResourceAsStream("artifact/" + file)) {
        Files.copy(in, to);
      }
    }
  }

  private static void remove(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
