package dev.chandlery.registry.command;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Sizes;
import dev.chandlery.registry.collect.Pace;
import dev.chandlery.registry.collect.Scrub;
import dev.chandlery.registry.collect.Tally;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code registry scrub}. */
@Command(name = "scrub", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Read all that is stored and compare it with its digest.",
        "Rotten bytes that are moved aside are absent for clients; pushing them again heals it. A registry may serve the storage meanwhile."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:all is well", "1:something is rotten", "2:wrong usage"}, footer = {"",
                        "Examples:", "  registry scrub --rate 50MiB",
                        "  registry scrub --quarantine -o json"})
final class ScrubCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private UpkeepOption upkeep = new UpkeepOption();

    @Option(names = "--quarantine", description = "Move rotten bytes to the folder quarantine of the storage (with S3, objects below quarantine/).")
    private boolean quarantine;

    @Option(names = "--rate", paramLabel = "SIZE", converter = SizeText.class, defaultValue = "0", description = "Read at most that much in a second, such as 50MiB; default: as fast as it goes.")
    private long rate;

    ScrubCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        FindingLog log = new FindingLog(upkeep.verbose());
        Tally read;
        try (OpenStorage opened = upkeep.open(console);
                CommandAudit audit = upkeep.audit(console, quarantine)) {
            read = new Scrub(opened.metadata(), opened.blobs(), opened.clock()).run(quarantine, Pace
                    .of(rate), log.andTo(audit));
        }
        console.note("read " + read.count() + " blobs and manifests, " + Sizes.bytes(read.bytes()));
        return log.print(console, upkeep.format()).code();
    }
}
