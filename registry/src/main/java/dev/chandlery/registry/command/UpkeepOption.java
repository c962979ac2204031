package dev.chandlery.registry.command;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands have that look after storage. */
final class UpkeepOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private StorageOption storage = new StorageOption();

    @Mixin
    private AuditOption audit = new AuditOption();

    @Mixin
    private FormatOption format = new FormatOption();

    /** Opens what is there; closed by the caller. */
    OpenStorage open(Console console) {
        return storage.open(console, spec);
    }

    /**
     * Opens the log of what is done; closed by the caller.
     *
     * @param changes whether anything will be: else nothing is written, not even a file made
     */
    CommandAudit audit(Console console, boolean changes) {
        return changes
                ? storage.audit(audit, config(console))
                : new CommandAudit(Optional.empty());
    }

    LoadedConfig config(Console console) {
        return LoadedConfig.of(console, spec);
    }

    FormatOption format() {
        return format;
    }

    boolean verbose() {
        return GlobalOptions.of(spec).verbose();
    }
}
