package dev.chandlery.registry.command;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.registry.collect.StorageCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code registry fsck}. */
@Command(name = "fsck", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Compare what is recorded with what is stored: content without bytes, tags to nothing, manifests of which is not known what they name or what is attached to them, content that a manifest names and its repository does not have.",
        "A registry may serve the storage meanwhile. Blobs are not read; see registry scrub."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:all is well now", "1:something is wrong", "2:wrong usage",
                "3:some of it was repaired, some is left"}, footer = {"", "Examples:",
                        "  registry fsck", "  registry fsck --repair -o json"})
final class FsckCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private RegistryProgram program = new RegistryProgram();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private StorageOption storage = new StorageOption();

    @Option(names = "--repair", description = "Repair what can be without losing content, and say what cannot.")
    private boolean repair;

    @Mixin
    private FormatOption format = new FormatOption();

    FsckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        FindingLog log = new FindingLog(program.global().verbose());
        try (OpenStorage opened = storage.open(console, spec)) {
            new StorageCheck(opened.metadata(), opened.blobs(), opened.clock()).run(repair, log);
        }
        return log.print(console, format).code();
    }
}
