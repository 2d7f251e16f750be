package dev.dbartifact.localengine.rds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.ApiModel;
import dev.dbartifact.localengine.CommonFaults;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.state.StateException;
import dev.dbartifact.localengine.wire.Honours;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.RdsException;

/// The faults of RDS, against the model of AWS: their codes and statuses, and which action may
/// answer which.
class RdsFaultTest {

  private static final ApiModel MODEL = ApiModel.of("rds");

  @Test
  void everyFaultHasACodeAndAStatusOfTheModel() {
    var known = new TreeMap<>(CommonFaults.of("rds"));
    MODEL.operations().forEach(each -> known.putAll(MODEL.operation(each).orElseThrow().faults()));
    assertThat(RdsFault.values())
        .allSatisfy(fault -> assertThat(known).containsEntry(code(fault), status(fault)));
  }

  @Test
  void everyFaultIsOneThatAnActionCanAnswer() {
    var reach = FaultReach.ofTheseClasses();
    var written = actions().flatMap(each -> reach.from(each).stream()).map(RdsFaultTest::code);
    var outOfSpace = actions().map(RdsFaultTest::codeOutOfSpace).flatMap(Optional::stream);
    assertThat(Stream.concat(written, outOfSpace))
        .containsAll(Stream.of(RdsFault.values()).map(RdsFaultTest::code).toList());
  }

  /// No action names what it answers when the disk is full: the model's list of its faults decides.
  private static Optional<String> codeOutOfSpace(Method action) {
    try {
      var declared = RdsClient.class.getMethod(action.getName(), action.getParameterTypes());
      var full = new StateException("No space left on device", null);
      return RdsFault.outOfSpace(Set.of(declared.getExceptionTypes()), full)
              instanceof RdsException fault
          ? Optional.of(fault.awsErrorDetails().errorCode())
          : Optional.empty();
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> noActionCanAnswerAFaultThatItsModelDoesNotList() {
    var reach = FaultReach.ofTheseClasses();
    return actions()
        .map(method -> DynamicTest.dynamicTest(name(method), () -> check(method, reach)));
  }

  private static Stream<Method> actions() {
    return Arrays.stream(LocalRds.actionClasses())
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Honours.class));
  }

  private static void check(Method method, FaultReach reach) {
    var listed = MODEL.operation(name(method)).orElseThrow().faults().keySet();
    var common = CommonFaults.of("rds").keySet();
    assertThat(reach.from(method))
        .filteredOn(fault -> !listed.contains(code(fault)) && !common.contains(code(fault)))
        .isEmpty();
  }

  private static String name(Method method) {
    return method.getName().substring(0, 1).toUpperCase(Locale.ROOT)
        + method.getName().substring(1);
  }

  private static String code(RdsFault fault) {
    return ((RdsException) fault.with("any")).awsErrorDetails().errorCode();
  }

  private static int status(RdsFault fault) {
    return ((RdsException) fault.with("any")).statusCode();
  }
}
