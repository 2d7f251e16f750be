package dev.dbartifact.examples;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// Runs every case of [CloneCases] and [CreateCases].
@ExtendWith(WorkshopExtension.class)
class ConvergeIT {
  @TestFactory
  Stream<DynamicTest> cases(Workshop workshop) {
    return Stream.concat(CloneCases.all().stream(), CreateCases.all().stream())
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> each.run(workshop)));
  }
}
