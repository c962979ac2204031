package dev.chandlery.scheduler.command;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.scheduler.alert.Courier;
import dev.chandlery.scheduler.history.PostgresStore;
import dev.chandlery.scheduler.plan.JobPlans;
import dev.chandlery.scheduler.quartz.QuartzClock;
import dev.chandlery.scheduler.work.Works;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code scheduler run}. */
@Command(name = "run", mixinStandardHelpOptions = true, description = {
        "Run the jobs of registry.yaml at their times, until SIGTERM or Ctrl-C.",
        "Jobs that run then are waited for (stop_within), and interrupted after that: the next run goes on where they were. With scheduler.database any number of these may run on any number of machines; each job runs on one of them at a time, and another takes over what a lost one had begun. Of several without a database, which share a folder, one runs the jobs and the others stand by.",
        "Changes of registry.yaml are taken within seconds; those of alerts, logging, and where the history is need a restart."}, footer = {
                "", "Examples:", "  scheduler run",
                "  scheduler run -c /etc/chandlery/registry.yaml",
                "  scheduler run --metrics 127.0.0.1:9464    figures for Prometheus, at /metrics"})
final class RunCommand implements Callable<Integer> {
    private static final System.Logger LOG = System.getLogger(RunCommand.class.getName());
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private final Console console;
    @Mixin
    private final MetricsEndpoint endpoint = new MetricsEndpoint();
    @ParentCommand
    private SchedulerCommand scheduler = new SchedulerCommand();

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LoadedConfig config = LoadedConfig.load(console, scheduler.global());
        ServiceLogs.begin(config.get(), scheduler.global());
        Consumer<String> tell = ServiceLogs.teller(config.get(), console);
        String node = Node.name(console.environment());
        endpoint.prepare(config.get(), node, console.environment());
        Wiring.World world = new Wiring.World(node, console.environment(), Node.clock(), endpoint
                .metrics());
        try (StopSignal stop = StopSignal.hear(() -> {});
                endpoint;
                Wiring wiring = Wiring.open(config, world, new Works(config, console.environment(),
                        Node.clock(), endpoint.metrics()));
                Courier _ = Courier.start(wiring.alerts());
                QuartzClock clock = QuartzClock.open(world.node(), wiring.store().postgres(),
                        wiring::lastRun, wiring.service()::fire);
                Serving serving = new Serving(config, wiring, clock, tell,
                        endpoint::look)) {
            wiring.store().postgres().ifPresent(RunCommand::compareClocks);
            endpoint.open(wiring.store(), () -> JobPlans.of(config.get()), tell);
            serving.serve(stop);
            serving.finish();
        }
        return ExitCode.DONE.code();
    }

    private static void compareClocks(PostgresStore store) {
        Duration ahead = store.clockAhead();
        if (ahead.abs().compareTo(CLOCK_TOLERANCE) > 0) {
            LOG.log(System.Logger.Level.WARNING,
                    "this machine''s clock differs from the database''s"
                            + " by {0} s; jobs run earlier or later by as much, never twice", ahead
                                    .toSeconds());
        }
    }
}
