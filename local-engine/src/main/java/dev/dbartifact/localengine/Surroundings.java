package dev.dbartifact.localengine;

import dev.dbartifact.localengine.ec2.LocalEc2;
import dev.dbartifact.localengine.http.Keyring;
import dev.dbartifact.localengine.iam.IamActions;
import dev.dbartifact.localengine.iam.Roles;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rdsdata.Databases;
import dev.dbartifact.localengine.rdsdata.LocalRdsData;
import dev.dbartifact.localengine.route53.LocalRoute53;
import dev.dbartifact.localengine.secrets.LocalSecrets;
import dev.dbartifact.localengine.sts.LocalSts;
import dev.dbartifact.localengine.wire.Actions;
import dev.dbartifact.localengine.wire.Api;
import dev.dbartifact.localengine.wire.FaultCodes;
import dev.dbartifact.localengine.wire.JsonProtocol;
import dev.dbartifact.localengine.wire.LazyService;
import dev.dbartifact.localengine.wire.ProtocolFault;
import dev.dbartifact.localengine.wire.QueryProtocol;
import dev.dbartifact.localengine.wire.RestJsonProtocol;
import dev.dbartifact.localengine.wire.RestXmlProtocol;
import dev.dbartifact.localengine.wire.Service;
import dev.dbartifact.localengine.wire.ServiceOffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

/// The services around RDS. Their classes are loaded, and what they remember is read, with the
/// first request to each: the engine starts without them.
final class Surroundings implements AutoCloseable {

  private static final int MOST_BYTES = 1 << 20;

  /// See "Calling RDS Data API" in the Aurora User Guide.
  private static final int MOST_DATA_BYTES = 4 << 20;

  private static final Duration STATEMENT = Duration.ofSeconds(45);

  private static final Set<String> DATA_PATHS =
      Set.of(
          "/Execute",
          "/BatchExecute",
          "/BeginTransaction",
          "/CommitTransaction",
          "/RollbackTransaction");

  private final LocalEngine.Options options;
  private final Keyring keys;
  private final SharedSecrets shared;
  private final Supplier<Databases> databases;
  private final Supplier<Set<String>> securityGroups;
  private LocalRdsData rdsData;
  private Roles roles;

  /// @param databases that RDS Data may use
  /// @param securityGroups the ids of those that databases are in
  Surroundings(
      LocalEngine.Options options,
      Keyring keys,
      SharedSecrets shared,
      Supplier<Databases> databases,
      Supplier<Set<String>> securityGroups) {
    this.options = options;
    this.keys = keys;
    this.shared = shared;
    this.databases = databases;
    this.securityGroups = securityGroups;
  }

  List<Service> services() {
    return List.of(
        new LazyService("sts", MOST_BYTES, call -> false, this::sts),
        new LazyService(
            "secretsmanager",
            MOST_BYTES,
            call -> call.header("x-amz-target").orElse("").startsWith("secretsmanager."),
            this::secretsManager),
        new LazyService(
            "rds-data",
            MOST_DATA_BYTES,
            call -> DATA_PATHS.contains(call.uri().getPath()),
            this::rdsData),
        new LazyService(
            "route53",
            MOST_BYTES,
            call -> call.uri().getPath().startsWith("/2013-04-01/"),
            this::route53),
        new LazyService("iam", MOST_BYTES, call -> false, this::iam),
        new LazyService(
            LocalEc2.NAME,
            MOST_BYTES,
            call -> false,
            () -> new LocalEc2(options.memory(), options.home(), securityGroups)));
  }

  private Service iam() {
    return new QueryProtocol(iamApi(), IamActions.all(roles()));
  }

  private synchronized Roles roles() {
    if (roles == null) {
      roles = new Roles(options.memory(), options.home().account(), options.clock());
    }
    return roles;
  }

  private static Api iamApi() {
    return new Api(
        "iam", "2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/", IamClient.class);
  }

  static List<ServiceOffer> offers() {
    return List.of(
        LocalEc2.offer(),
        new Actions(iamApi(), IamActions.classes()).offer(),
        new Actions(dataApi(), LocalRdsData.class).offer(),
        new Actions(dnsApi(), LocalRoute53.actionClasses()).offer(),
        new Actions(secretsApi(), LocalSecrets.actionClasses()).offer(),
        new Actions(stsApi(), LocalSts.class).offer());
  }

  private Service sts() {
    return new QueryProtocol(
        stsApi(),
        new LocalSts(
            options.home().account(), keys, options.clock(), role -> roles().longestSession(role)));
  }

  static Api stsApi() {
    return new Api(
        "sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/", StsClient.class);
  }

  private Service secretsManager() {
    var codes =
        FaultCodes.JSON
            .with(ProtocolFault.INTERNAL_FAILURE, "InternalServiceError", 500)
            .with(ProtocolFault.INVALID_PARAMETER_COMBINATION, "InvalidParameterException", 400)
            .with(ProtocolFault.UNSUPPORTED_OPERATION, "UnknownOperationException", 400);
    var secrets = new LocalSecrets(shared.vault(), shared.masterSecrets());
    return new JsonProtocol(secretsApi(), codes, secrets.actions());
  }

  static Api secretsApi() {
    return new Api("secretsmanager", "2017-10-17", "secretsmanager", SecretsManagerClient.class);
  }

  private synchronized Service rdsData() {
    var secrets = new LocalSecrets(shared.vault(), shared.masterSecrets());
    rdsData = new LocalRdsData(databases.get(), secrets::text, options.clock(), STATEMENT);
    var codes =
        FaultCodes.REST_JSON
            .with(ProtocolFault.INTERNAL_FAILURE, "InternalServerErrorException", 500)
            .with(ProtocolFault.INVALID_PARAMETER_COMBINATION, "ValidationException", 400)
            .with(ProtocolFault.REQUEST_ENTITY_TOO_LARGE, "BadRequestException", 400)
            .with(ProtocolFault.SERIALIZATION, "BadRequestException", 400)
            .with(ProtocolFault.UNSUPPORTED_OPERATION, "UnknownOperationException", 404)
            .with(ProtocolFault.VALIDATION_ERROR, "BadRequestException", 400);
    return new RestJsonProtocol(dataApi(), rdsData, codes, MOST_DATA_BYTES);
  }

  private Service route53() {
    var codes =
        FaultCodes.QUERY
            .with(ProtocolFault.INVALID_ACTION, "UnknownOperationException", 404)
            .with(ProtocolFault.INVALID_PARAMETER_COMBINATION, "InvalidInput", 400)
            .with(ProtocolFault.VALIDATION_ERROR, "InvalidInput", 400);
    var dns =
        LocalRoute53.actions(
            options.memory(),
            options.home().account(),
            Home.VPC,
            options.clock(),
            options.pace().of(Phase.DNS_PENDING));
    return new RestXmlProtocol(dnsApi(), codes, dns);
  }

  static Api dnsApi() {
    return new Api(
        "route53",
        "2013-04-01",
        "https://route53.amazonaws.com/doc/2013-04-01/",
        Route53Client.class);
  }

  static Api dataApi() {
    return new Api("rds-data", "2018-08-01", "rds-data", RdsDataClient.class);
  }

  @Override
  public synchronized void close() {
    if (rdsData != null) {
      rdsData.close();
    }
  }
}
