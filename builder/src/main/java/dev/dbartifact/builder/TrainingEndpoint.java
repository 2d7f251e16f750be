package dev.dbartifact.builder;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/// Answers on loopback as RDS does when one cluster is inspected.
final class TrainingEndpoint implements AutoCloseable {
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

  private static final Map<String, String> RESULTS =
      Map.of(
          "DescribeDBClusters",
          """
          <DBClusters><DBCluster>
          <DBClusterIdentifier>training</DBClusterIdentifier>
          <DBClusterArn>arn:aws:rds:us-east-1:000000000000:cluster:training</DBClusterArn>
          <Status>available</Status><Engine>aurora-postgresql</Engine>
          <EngineVersion>17.5</EngineVersion><MasterUsername>training</MasterUsername>
          <DatabaseName>training</DatabaseName><Port>5432</Port>
          <Endpoint>training.example</Endpoint><ReaderEndpoint>training-ro.example</ReaderEndpoint>
          <DBSubnetGroup>training</DBSubnetGroup>
          <DBClusterParameterGroup>default.aurora-postgresql17</DBClusterParameterGroup>
          <BackupRetentionPeriod>1</BackupRetentionPeriod>
          <PreferredBackupWindow>03:00-03:30</PreferredBackupWindow>
          <PreferredMaintenanceWindow>sun:04:00-sun:04:30</PreferredMaintenanceWindow>
          <DeletionProtection>false</DeletionProtection><CopyTagsToSnapshot>true</CopyTagsToSnapshot>
          <StorageEncrypted>true</StorageEncrypted>
          <IAMDatabaseAuthenticationEnabled>false</IAMDatabaseAuthenticationEnabled>
          <AvailabilityZones><AvailabilityZone>us-east-1a</AvailabilityZone></AvailabilityZones>
          <VpcSecurityGroups><VpcSecurityGroupMembership>
          <VpcSecurityGroupId>sg-0a1b2c3d4e5f60718</VpcSecurityGroupId><Status>active</Status>
          </VpcSecurityGroupMembership></VpcSecurityGroups>
          <DBClusterMembers><DBClusterMember>
          <DBInstanceIdentifier>training-1</DBInstanceIdentifier>
          <IsClusterWriter>true</IsClusterWriter>
          <DBClusterParameterGroupStatus>in-sync</DBClusterParameterGroupStatus>
          </DBClusterMember></DBClusterMembers>
          <TagList><Tag><Key>stage</Key><Value>training</Value></Tag></TagList>
          </DBCluster></DBClusters>
          """,
          "DescribeDBInstances",
          """
          <DBInstances><DBInstance>
          <DBInstanceIdentifier>training-1</DBInstanceIdentifier>
          <DBInstanceArn>arn:aws:rds:us-east-1:000000000000:db:training-1</DBInstanceArn>
          <DBInstanceStatus>available</DBInstanceStatus>
          <DBInstanceClass>db.r6g.large</DBInstanceClass>
          <PubliclyAccessible>false</PubliclyAccessible>
          <AutoMinorVersionUpgrade>true</AutoMinorVersionUpgrade>
          <PreferredMaintenanceWindow>sun:04:00-sun:04:30</PreferredMaintenanceWindow>
          <DBParameterGroups><DBParameterGroup>
          <DBParameterGroupName>default.aurora-postgresql17</DBParameterGroupName>
          <ParameterApplyStatus>in-sync</ParameterApplyStatus>
          </DBParameterGroup></DBParameterGroups>
          </DBInstance></DBInstances>
          """,
          "DescribeDBSubnetGroups",
          """
          <DBSubnetGroups><DBSubnetGroup>
          <DBSubnetGroupName>training</DBSubnetGroupName><VpcId>vpc-0a1b2c3d</VpcId>
          <Subnets>
          <Subnet><SubnetIdentifier>subnet-0a1b2c3d4e5f60711</SubnetIdentifier>
          <SubnetAvailabilityZone><Name>us-east-1a</Name></SubnetAvailabilityZone></Subnet>
          <Subnet><SubnetIdentifier>subnet-0a1b2c3d4e5f60712</SubnetIdentifier>
          <SubnetAvailabilityZone><Name>us-east-1b</Name></SubnetAvailabilityZone></Subnet>
          </Subnets></DBSubnetGroup></DBSubnetGroups>
          """);

  private final HttpServer server;

  TrainingEndpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", TrainingEndpoint::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var named = ACTION.matcher(request);
      var action = named.find() ? named.group(1) : "None";
      var answer =
          "<%1$sResponse xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\"><%1$sResult>%2$s</%1$sResult></%1$sResponse>"
              .formatted(action, RESULTS.getOrDefault(action, ""))
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "text/xml");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
