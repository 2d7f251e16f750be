package dev.dbartifact.examples.bench;

import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.rds.RdsClient;

/// Runs the measurements and prints a Markdown table for each. Started by `scripts/bench`, which
/// gives it an engine of its own through the standard AWS variables, and three folders: the
/// checkout, a folder to work in, and the PostgreSQL programs.
public final class Bench {
  private final Workbench bench;
  private final BenchOptions options;

  private Bench(Workbench bench, BenchOptions options) {
    this.bench = bench;
    this.options = options;
  }

  public static void main(String[] arguments) {
    // What was started for a measurement does not outlive it.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    try (var rds = RdsClient.create()) {
      var options = BenchOptions.parse(arguments.subList(3, arguments.size()));
      var bench =
          new Workbench(
              Path.of(arguments.get(0)),
              Path.of(arguments.get(1)),
              new PostgresPrograms(Path.of(arguments.get(2))),
              new Clusters(rds, Workbench.PASSWORD, Clusters.AT_ONCE));
      new Bench(bench, options).run();
      return 0;
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    } catch (Exception e) {
      System.err.println("The measurements stopped: " + e.getMessage());
      return 1;
    }
  }

  private void run() throws Exception {
    for (var section : options.sections()) {
      Progress.say("Measuring: " + section.word());
      var text = measure(section) + new Machine(bench.programs(), bench.volumes()).line() + "\n";
      System.out.printf("### %s%n%n%s%n", section.word(), text);
      System.out.flush();
      if (options.page().isPresent()) {
        new Page(options.page().get()).write(section, text);
      }
    }
  }

  private String measure(Section section) throws Exception {
    return switch (section) {
      case CLONE -> new CloneBench(bench, options).run();
      case CONVERGE -> new ConvergeBench(bench, options).run();
      case BUILDER -> new BuilderBench(bench, options).run();
      case START -> new StartBench(bench, options).run();
      case SOURCE -> new SourceBench(bench, options).run();
      case SCALE -> new ScaleBench(bench, options).run();
      case ENGINE -> new EngineBench(bench, options).run();
    };
  }
}
