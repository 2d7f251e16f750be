package dev.dbartifact.localengine.iam;

import dev.dbartifact.localengine.state.Shelf;
import dev.dbartifact.localengine.sts.RoleIds;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/// The roles: those that somebody made, the service-linked one of RDS, and all others, which are
/// taken to exist, and to trust RDS, until somebody deletes them.
public final class Roles {

  static final String SERVICE_ROLE = "AWSServiceRoleForRDS";

  private static final String SERVICE_PATH = "/aws-service-role/rds.amazonaws.com/";
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"rds.amazonaws.com"},"Action":"sts:AssumeRole"}]}\
      """;

  private final String account;
  private final Clock clock;
  private final Shelf<StoredRole> shelf;

  /// @param folder where the memory is
  /// @param account 12 digits
  public Roles(Path folder, String account, Clock clock) {
    this.account = account;
    this.clock = clock;
    this.shelf = new Shelf<>(folder.resolve("iam-roles"), StoredRole.class, StoredRole::key);
  }

  /// Sorted by name, as IAM lists them.
  List<StoredRole> made() {
    return Stream.concat(
            Stream.of(serviceRole()), shelf.all().stream().filter(each -> !each.deleted()))
        .sorted(Comparator.comparing(StoredRole::name))
        .toList();
  }

  /// Those that were made and not deleted.
  Optional<StoredRole> madeAs(String name) {
    return shelf.find(StoredRole.key(name)).filter(each -> !each.deleted());
  }

  /// How many seconds a session of a role may last: of one that nobody made, as long as IAM can
  /// allow.
  public int longestSession(String name) {
    return madeAs(name)
        .map(role -> role.settings().maxSessionDuration())
        .orElse(IamRules.LONGEST_SESSION);
  }

  StoredRole find(String name) {
    if (name.equals(SERVICE_ROLE)) {
      return serviceRole();
    }
    return shelf
        .find(StoredRole.key(name))
        .or(() -> Optional.of(presumed(name)))
        .filter(each -> !each.deleted())
        .orElseThrow(
            () -> IamFault.NO_SUCH_ENTITY.with("The role with name %s cannot be found.", name));
  }

  private StoredRole serviceRole() {
    return StoredRole.of(old(SERVICE_PATH, SERVICE_ROLE).build());
  }

  /// Its sessions may be of any length, also when something else about it is changed.
  private StoredRole presumed(String name) {
    return StoredRole.of(old("/", name).maxSessionDuration(IamRules.LONGEST_SESSION).build());
  }

  /// A role that has always been there.
  private Role.Builder old(String path, String name) {
    return fresh(path, name).assumeRolePolicyDocument(TRUST).createDate(LONG_AGO);
  }

  /// A role that begins now.
  Role.Builder fresh(String path, String name) {
    var arn = "arn:aws:iam::%s:role%s%s".formatted(account, path, name);
    return Role.builder()
        .path(path)
        .roleName(name)
        .roleId(RoleIds.of(arn))
        .arn(arn)
        .createDate(clock.instant().truncatedTo(ChronoUnit.SECONDS))
        .maxSessionDuration(IamRules.duration(null));
  }

  synchronized void make(StoredRole role) {
    if (madeAs(role.name()).isPresent() || role.name().equalsIgnoreCase(SERVICE_ROLE)) {
      throw IamFault.ENTITY_ALREADY_EXISTS.with("Role with name %s already exists.", role.name());
    }
    shelf.put(role);
  }

  /// One that was taken to exist is one that was made from then on.
  synchronized StoredRole change(String name, UnaryOperator<StoredRole> change) {
    var before = find(name);
    if (name.equals(SERVICE_ROLE)) {
      throw IamFault.UNMODIFIABLE_ENTITY.with(
          "Cannot perform the operation on the protected role '%s' - this role is only modifiable by"
              + " AWS",
          name);
    }
    var changed = change.apply(before);
    if (!changed.equals(before)) {
      shelf.put(changed);
    }
    return changed;
  }

  /// As answers have it.
  static Role shown(StoredRole role) {
    return role.settings()
        .copy(
            to -> to.assumeRolePolicyDocument(encoded(role.settings().assumeRolePolicyDocument())));
  }

  /// As lists have it, which tell less.
  static Role listed(StoredRole role) {
    return shown(role)
        .copy(to ->
            to.permissionsBoundary((AttachedPermissionsBoundary) null).tags((List<Tag>) null));
  }

  /// Documents are URL-encoded, as RFC 3986 has it.
  static String encoded(String document) {
    return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
