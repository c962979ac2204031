package dev.chandlery.registry.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code registry token revoke}. */
@Command(name = "revoke", mixinStandardHelpOptions = true, sortOptions = false, description = "End a token now; what was made from it ends with it.", footer = {
        "", "Examples:", "  registry token revoke ci",
        "  registry token revoke 0123456789abcdef"})
final class TokenRevokeCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME|ID", description = "As registry token list shows them.")
    private String token = "";

    @Mixin
    private StorageOption storage = new StorageOption();

    @Mixin
    private AuditOption audit = new AuditOption();

    TokenRevokeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (OpenStorage opened = storage.open(console, spec);
                CommandAudit written = storage.audit(audit, LoadedConfig.of(console, spec))) {
            int revoked = opened.metadata().tokens().revoke(token, Instant.now());
            if (revoked == 0) {
                throw new CommandException(ExitCode.FAILED, "cannot revoke token " + token
                        + ": there is no good one of that name or id",
                        "see registry token list --all");
            }
            written.token("revoke-token", token);
            console.note("revoked " + token);
            return ExitCode.DONE.code();
        }
    }
}
