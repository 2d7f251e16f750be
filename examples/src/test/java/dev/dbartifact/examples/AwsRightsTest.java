package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The rights that `docs/on-aws.md` tells to give are those for the calls that are made.
class AwsRightsTest {
  private static final Pattern POLICY = Pattern.compile("(?ms)^```json\n(.*?)^```$");
  private static final Pattern ACTION = Pattern.compile("\"(rds:[A-Za-z]+)\"");
  private static final String CLIENT = "software.amazon.awssdk.services.rds.RdsClient";
  private static final JavaClasses EDGE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.dbartifact.rds");

  @Test
  void theBuilders() throws IOException {
    assertThat(documented().getFirst())
        .isEqualTo(
            actions(reachable(EDGE.get("dev.dbartifact.rds.SourceClusterInspector").getMethods())));
  }

  @Test
  void theConvergers() throws IOException {
    Set<JavaCodeUnit> all =
        EDGE.stream().flatMap(each -> each.getCodeUnits().stream()).collect(Collectors.toSet());

    assertThat(documented().getLast())
        .isEqualTo(actions(all))
        .contains("rds:RestoreDBClusterToPointInTime");
  }

  private static List<Set<String>> documented() throws IOException {
    String page = Files.readString(Repository.ROOT.resolve("docs/on-aws.md"));
    List<Set<String>> policies =
        POLICY.matcher(page).results().map(block -> actionsIn(block.group(1))).toList();
    assertThat(policies).hasSize(2);
    return policies;
  }

  private static Set<String> actionsIn(String policy) {
    return ACTION
        .matcher(policy)
        .results()
        .map((MatchResult action) -> action.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// One page after the other is the same action.
  private static Set<String> actions(Collection<JavaCodeUnit> code) {
    return code.stream()
        .flatMap(AwsRightsTest::accesses)
        .filter(access -> access.getTargetOwner().getName().equals(CLIENT))
        .map(access -> access.getName().replaceFirst("Paginator$", ""))
        .filter(name -> !Set.of("create", "builder", "close").contains(name))
        .map(name -> "rds:" + Character.toUpperCase(name.charAt(0)) + name.substring(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// What may run when these do; an interface of ours has one implementation.
  private static Set<JavaCodeUnit> reachable(Collection<JavaMethod> from) {
    var reached = new HashSet<JavaCodeUnit>(from);
    var open = new ArrayDeque<JavaCodeUnit>(from);
    while (!open.isEmpty()) {
      accesses(open.remove())
          .flatMap(access ->
              Stream.concat(
                      Stream.of(access.getTargetOwner()),
                      access.getTargetOwner().getAllSubclasses().stream())
                  .flatMap(owner -> owner.getCodeUnits().stream())
                  .filter(unit -> unit.getName().equals(access.getName())))
          .filter(unit -> unit.getOwner().getPackageName().equals("dev.dbartifact.rds"))
          .filter(reached::add)
          .forEach(open::add);
    }
    return reached;
  }

  private static Stream<? extends JavaCodeUnitAccess<?>> accesses(JavaCodeUnit unit) {
    return Stream.concat(
        unit.getCallsFromSelf().stream(),
        Stream.concat(
            unit.getMethodReferencesFromSelf().stream(),
            unit.getConstructorReferencesFromSelf().stream()));
  }
}
