package dev.dbartifact.localengine.route53;

import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.model.CreateHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.DelegationSet;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.HostedZoneConfig;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/// A zone as it begins: with its name servers and its start of authority.
final class NewZone {

  private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final List<String> ENDINGS = List.of("com", "net", "org", "co.uk");
  private static final long NS_TTL = 172800;
  private static final long SOA_TTL = 900;

  private NewZone() {}

  /// Such as `Z0123456789ABCDEFGHIJ`.
  static String id(char first) {
    var id = new StringBuilder().append(first);
    RANDOM.ints(20, 0, LETTERS.length()).forEach(i -> id.append(LETTERS.charAt(i)));
    return id.toString();
  }

  static StoredZone of(CreateHostedZoneRequest request) {
    var id = id('Z');
    var name = DomainName.of(request.name()).text();
    var isPrivate = request.vpc() != null;
    var servers = nameServers(id);
    var comment = request.hostedZoneConfig() == null ? null : request.hostedZoneConfig().comment();
    var zone =
        HostedZone.builder()
            .id("/hostedzone/" + id)
            .name(name)
            .callerReference(request.callerReference())
            .config(HostedZoneConfig.builder().comment(comment).privateZone(isPrivate).build())
            .build();
    return new StoredZone(
        id,
        zone,
        isPrivate ? null : DelegationSet.builder().nameServers(servers).build(),
        isPrivate ? List.of(request.vpc()) : List.of(),
        List.of(
            records(name, "NS", NS_TTL, servers.stream().map(server -> server + ".")),
            records(
                name,
                "SOA",
                SOA_TTL,
                Stream.of(
                    servers.getFirst()
                        + ". awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"))),
        List.of());
  }

  private static List<String> nameServers(String id) {
    var random = new Random(id.hashCode());
    return IntStream.range(0, ENDINGS.size())
        .mapToObj(at ->
            "ns-%d.awsdns-%02d.%s"
                .formatted(at * 512 + random.nextInt(512), random.nextInt(64), ENDINGS.get(at)))
        .toList();
  }

  private static ResourceRecordSet records(
      String name, String type, long ttl, Stream<String> values) {
    return ResourceRecordSet.builder()
        .name(name)
        .type(type)
        .ttl(ttl)
        .resourceRecords(
            values.map(value -> ResourceRecord.builder().value(value).build()).toList())
        .build();
  }
}
