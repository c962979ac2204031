package dev.chandlery.registry.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.Json;
import dev.chandlery.registry.access.AccessTokens;
import dev.chandlery.registry.access.TokenScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code registry token create}. */
@Command(name = "create", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Make a token, and print it: this once, as only its hash is kept."}, footer = {"",
                "Examples:",
                "  registry token create ci --scope oci:repository:tools/**:*",
                "  registry token create ro --scope 'oci:repository:**:pull' --expires 90d",
                "  registry token create prometheus --scope oci:registry:metrics"})
final class TokenCreateCommand implements Callable<Integer> {
    private static final int MAX_NAME = 128;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "What logs call its owner; one good token has it at a time.")
    private String name = "";

    @Option(names = "--scope", paramLabel = "SCOPE", required = true, converter = ScopeText.class, description = "oci:repository:PATTERN:ACTIONS, where a pattern is a name with * for anything in one component and ** for anything, and actions are pull, push, delete or *; or oci:registry:metrics. Repeatable.")
    private List<TokenScope> scopes = List.of();

    @Option(names = "--expires", paramLabel = "DURATION", converter = DurationText.class, description = "After so long it is not good any more, such as 12h or 90d. Default: never.")
    private @Nullable Duration expires;

    @Option(names = "--read-only", description = "It can only pull, whatever its scopes say.")
    private boolean readOnly;

    @Mixin
    private StorageOption storage = new StorageOption();

    @Mixin
    private AuditOption audit = new AuditOption();

    @Mixin
    private FormatOption format = new FormatOption();

    TokenCreateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._@-]*") || name.length() > MAX_NAME) {
            throw new CommandException(ExitCode.USAGE, "cannot make token: expected a name of"
                    + " letters, digits, '.', '_', '@' and '-', at most " + MAX_NAME);
        }
        if (expires != null && !expires.isPositive()) {
            throw new CommandException(ExitCode.USAGE,
                    "cannot make token: expected --expires to be more than nothing, such as 90d");
        }
        try (OpenStorage opened = storage.open(console, spec);
                CommandAudit written = storage.audit(audit, LoadedConfig.of(console, spec))) {
            Instant until = expires == null
                    ? null
                    : Instant.now().plus(expires).truncatedTo(ChronoUnit.SECONDS);
            AccessTokens.Issued issued = new AccessTokens(opened.metadata().tokens(), Clock
                    .systemUTC()).create(name, scopes, readOnly, until)
                    .orElseThrow(() -> new CommandException(ExitCode.FAILED,
                            "cannot make token " + name + ": there is one of that name",
                            "revoke it first: registry token revoke " + name));
            written.token("create-token", name);
            print(issued);
            return ExitCode.DONE.code();
        }
    }

    private void print(AccessTokens.Issued issued) {
        if (format.json()) {
            console.out()
                    .println(Json.write(TokenListCommand.json(issued.record(), Instant.now())
                            .put(
                                    "token", issued.text())));
            return;
        }
        console.out().println(issued.text());
        console.note("keep it safe: it is not shown again; revoke it with registry token revoke "
                + name);
    }

    /** Reads scopes for picocli. */
    static final class ScopeText implements ITypeConverter<TokenScope> {
        @Override
        public TokenScope convert(String text) {
            try {
                return TokenScope.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
