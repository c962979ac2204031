package dev.chandlery.scheduler.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.oci.OciException;
import dev.chandlery.scheduler.alert.Channel;
import dev.chandlery.scheduler.alert.Channels;
import dev.chandlery.scheduler.alert.Message;
import dev.chandlery.scheduler.history.Deliveries.Pending;
import dev.chandlery.scheduler.history.Incident;
import dev.chandlery.scheduler.job.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code scheduler alert test}. */
@Command(name = "test", mixinStandardHelpOptions = true, description = {
        "Tell each channel that something is wrong, and then that it is well again.",
        "Nothing is written into the history; limits do not count."}, footer = {"", "Examples:",
                "  scheduler alert test", "  scheduler alert test chat mail"})
final class AlertTestCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private AlertCommand alert = new AlertCommand();

    @Parameters(paramLabel = "CHANNEL", description = "Of registry.yaml; default: all.")
    private List<String> names = List.of();

    AlertTestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ConfigSpec config = LoadedConfig.load(console, alert.scheduler().global()).get();
        if (!config.monitoring().alertOnFailure()) {
            console.note("Warning: alert_on_failure of monitoring is off, so that nothing but this"
                    + " test is told");
        }
        int failed = 0;
        try (Session session = Session.of(config, console.environment(), UnaryOperator
                .identity())) {
            SortedMap<String, Channel> channels = chosen(config, Channels.of(config, session));
            for (var channel : channels.entrySet()) {
                failed += told(config, channel.getKey(), channel.getValue()) ? 0 : 1;
            }
            return ExitCode.ofItems(channels.size() - failed, failed).code();
        }
    }

    private SortedMap<String, Channel> chosen(ConfigSpec config, SortedMap<String, Channel> all) {
        if (all.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, config.file() + " has no channels",
                    "name some below alerts.channels");
        }
        SortedMap<String, Channel> chosen = new TreeMap<>(all);
        if (!names.isEmpty()) {
            names.stream().filter(name -> !all.containsKey(name)).findFirst().ifPresent(name -> {
                throw new CommandException(ExitCode.USAGE, "no such channel: " + name,
                        "there are " + String.join(", ", all.keySet()));
            });
            chosen.keySet().retainAll(names);
        }
        return chosen;
    }

    private boolean told(ConfigSpec config, String name, Channel channel) {
        Instant now = Instant.now();
        Finding finding = new Finding(Finding.Kind.JOB, "alert-test",
                "This is a test of alerts: nothing is wrong.");
        Pending wrong = new Pending(new Incident(0, finding, now, now, Optional.empty()), false);
        Pending well = new Pending(new Incident(0, finding, now, now, Optional.of(now)), true);
        try {
            String place = config.primaryRegistry().label();
            channel.send(new Message(place, List.of(wrong), now));
            channel.send(new Message(place, List.of(well), now));
            console.out().println(name + ": told");
            return true;
        } catch (OciException | CommandException e) {
            console.note(console.alarming("Error:") + " " + name + ": " + e.getMessage());
            return false;
        }
    }
}
