package dev.dbartifact.localengine.rds;

import dev.dbartifact.localengine.rds.request.RdsFault;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which faults the code of a method can come to, by what its byte code and all that it calls
/// mention. Calls through interfaces are followed where they are lambdas.
final class FaultReach {

  private static final String FAULTS = RdsFault.class.getName().replace('.', '/');

  private final Map<String, Set<String>> calls = new HashMap<>();
  private final Map<String, Set<RdsFault>> faults = new HashMap<>();

  private FaultReach() {}

  static FaultReach ofTheseClasses() {
    try {
      var folder =
          Path.of(LocalRds.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .resolve("dev/dbartifact/localengine/rds");
      var reach = new FaultReach();
      try (var files = Files.walk(folder)) {
        for (var file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
          reach.read(file);
        }
      }
      return reach;
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private void read(Path file) throws IOException {
    var type = ClassFile.of().parse(file);
    var owner = type.thisClass().asInternalName();
    if (!owner.equals(FAULTS)) {
      type.methods().forEach(method -> read(owner, method));
    }
  }

  private void read(String owner, MethodModel method) {
    var key = owner + "." + method.methodName() + method.methodType();
    var called = calls.computeIfAbsent(key, any -> new HashSet<>());
    var thrown = faults.computeIfAbsent(key, any -> EnumSet.noneOf(RdsFault.class));
    method.code().ifPresent(code -> code.forEach(element -> read(element, called, thrown)));
  }

  private static void read(CodeElement element, Set<String> called, Set<RdsFault> thrown) {
    switch (element) {
      case InvokeInstruction call ->
          called.add(call.owner().asInternalName() + "." + call.name() + call.type());
      case InvokeDynamicInstruction lambda -> {
        for (var argument : lambda.bootstrapArgs()) {
          if (argument instanceof DirectMethodHandleDesc body) {
            var owner = body.owner().descriptorString();
            called.add(
                owner.substring(1, owner.length() - 1)
                    + "."
                    + body.methodName()
                    + body.lookupDescriptor());
          }
        }
      }
      case FieldInstruction field
          when field.opcode() == Opcode.GETSTATIC
              && field.owner().asInternalName().equals(FAULTS)
              && field.type().stringValue().equals("L" + FAULTS + ";") ->
          thrown.add(RdsFault.valueOf(field.name().stringValue()));
      default -> {}
    }
  }

  /// All faults that a call of this method can come to.
  Set<RdsFault> from(Method method) {
    var start = method.getDeclaringClass().getName().replace('.', '/') + "." + method.getName();
    var left = new ArrayDeque<String>();
    calls.keySet().stream().filter(key -> key.startsWith(start + "(")).forEach(left::add);
    var seen = new HashSet<>(left);
    var reached = EnumSet.noneOf(RdsFault.class);
    while (!left.isEmpty()) {
      var key = left.pop();
      reached.addAll(faults.getOrDefault(key, Set.of()));
      calls.getOrDefault(key, Set.of()).stream().filter(seen::add).forEach(left::add);
    }
    return reached;
  }
}
