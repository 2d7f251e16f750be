package dev.dbartifact.examples;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.DockerStatus;

/// How an artifact is run.
enum Way {
  /// `bin/db-artifact-converge`.
  WRAPPER,
  /// The container alone, as somebody with nothing but a container engine would.
  CONTAINER,
  /// The container as an unknown user, with nothing to write to and no capabilities.
  CONFINED_CONTAINER;

  private static final int PATIENCE_SECONDS = 120;

  Answer converge(Workshop workshop, String image, List<String> arguments) throws Exception {
    return switch (this) {
      case WRAPPER -> workshop.converger(image, arguments).run();
      case CONTAINER, CONFINED_CONTAINER -> inContainer(workshop, image, arguments);
    };
  }

  private Answer inContainer(Workshop workshop, String image, List<String> arguments) {
    Prerequisites.testcontainers();
    try (var container = new GenericContainer<>(DockerImageName.parse(image))) {
      container
          .withNetworkMode("host")
          .withCommand(arguments.toArray(String[]::new))
          .withEnv(workshop.aws())
          .withEnv("DB_PASSWORD", Workshop.PASSWORD)
          .withEnv("DB_ARTIFACT_OUTPUT", "json")
          .withStartupCheckStrategy(new UntilItEnds());
      if (this == CONFINED_CONTAINER) {
        confine(container);
      }
      container.start();
      return new Answer(
          container.getCurrentContainerInfo().getState().getExitCodeLong().intValue(),
          container.getLogs(OutputType.STDOUT),
          container.getLogs(OutputType.STDERR));
    }
  }

  private static void confine(GenericContainer<?> container) {
    container.withCreateContainerCmdModifier(command -> {
      command.withUser("12345:54321");
      command.getHostConfig().withReadonlyRootfs(true).withCapDrop(Capability.ALL);
    });
  }

  /// A converger's container is done when it has ended, with whatever exit code. The engine tells
  /// that at once, where looking would be done once a second.
  private static final class UntilItEnds extends StartupCheckStrategy {
    @Override
    public boolean waitUntilStartupSuccessful(DockerClient client, String containerId) {
      try (var ended = client.waitContainerCmd(containerId).start()) {
        return ended.awaitCompletion(PATIENCE_SECONDS, TimeUnit.SECONDS)
            && checkStartupState(client, containerId) == StartupStatus.SUCCESSFUL;
      } catch (IOException lost) {
        throw new UncheckedIOException(lost);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public StartupStatus checkStartupState(DockerClient client, String containerId) {
      return DockerStatus.isContainerStopped(getCurrentState(client, containerId))
          ? StartupStatus.SUCCESSFUL
          : StartupStatus.NOT_YET_KNOWN;
    }
  }
}
