package dev.chandlery.registry.command;

import dev.chandlery.cli.Console;
import dev.chandlery.registry.collect.StorageCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code registry fsck}. */
@Command(name = "fsck", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Compare what is recorded with what is stored: content without bytes, tags to nothing, manifests of which is not known what they name or what is attached to them, content that a manifest names and its repository does not have.",
        "A registry may serve the storage meanwhile. Blobs are not read; see registry scrub."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:all is well now", "1:something is wrong", "2:wrong usage",
                "3:some of it was repaired, some is left"}, footer = {"", "Examples:",
                        "  registry fsck", "  registry fsck --repair -o json"})
final class FsckCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private UpkeepOption upkeep = new UpkeepOption();

    @Option(names = "--repair", description = "Repair what can be without losing content, and say what cannot.")
    private boolean repair;

    FsckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        FindingLog log = new FindingLog(upkeep.verbose());
        try (OpenStorage opened = upkeep.open(console);
                CommandAudit audit = upkeep.audit(console, repair)) {
            new StorageCheck(opened.metadata(), opened.blobs(), opened.clock()).run(repair,
                    log.andTo(audit));
        }
        return log.print(console, upkeep.format()).code();
    }
}
