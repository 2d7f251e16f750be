package dev.dbartifact.examples;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands the one [Workshop] to whoever asks for it; it is closed after the last test.
final class WorkshopExtension implements BeforeAllCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(WorkshopExtension.class);

  /// Opened once, even if that failed: the second test need not wait for the same failure.
  private record Opened(Workshop workshop, Throwable failure) implements AutoCloseable {
    static Opened open() {
      try {
        return new Opened(Workshop.open(), null);
      } catch (Exception | Error failed) {
        return new Opened(null, failed);
      }
    }

    @Override
    public void close() throws IOException {
      if (workshop != null) {
        workshop.close();
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    switch (opened(context).failure()) {
      case null -> {}
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      case Throwable failure -> throw new IllegalStateException("No workshop", failure);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Workshop.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return opened(context).workshop();
  }

  private static Opened opened(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Opened.class, unused -> Opened.open(), Opened.class);
  }
}
