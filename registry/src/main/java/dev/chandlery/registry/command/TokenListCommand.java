package dev.chandlery.registry.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.TextTable;
import dev.chandlery.registry.metadata.AccessToken;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code registry token list}. */
@Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false, description = "List tokens, the newest first; never their secrets.", footer = {
        "", "Examples:", "  registry token list", "  registry token list --all -o json"})
final class TokenListCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = {"-a",
            "--all"}, description = "Those too that were revoked or have expired.")
    private boolean all;

    @Mixin
    private StorageOption storage = new StorageOption();

    @Mixin
    private FormatOption format = new FormatOption();

    TokenListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Instant now = Instant.now();
        try (OpenStorage opened = storage.open(console, spec)) {
            List<AccessToken> tokens = opened.metadata()
                    .tokens()
                    .list()
                    .stream()
                    .filter(token -> all || token.isGood(now))
                    .toList();
            if (format.json()) {
                ArrayNode list = Json.array();
                tokens.forEach(token -> list.add(json(token, now)));
                console.out().println(Json.write(list));
            } else {
                TextTable table = new TextTable("ID", "NAME", "STATE", "CREATED", "EXPIRES",
                        "SCOPES");
                tokens.forEach(token -> table.row(token.id(), token.name(), state(token, now), token
                        .created()
                        .toString(), token.expires() == null
                                ? "never"
                                : token.expires()
                                        .toString(), (token.readOnly() ? "read-only " : "")
                                                + String.join(" ", token.scopes())));
                table.lines().forEach(console.out()::println);
            }
            return ExitCode.DONE.code();
        }
    }

    static ObjectNode json(AccessToken token, Instant now) {
        ObjectNode json = Json.object()
                .put("id", token.id())
                .put("name", token.name())
                .put("state", state(token, now))
                .put("read_only", token.readOnly())
                .put("created", token.created().toString());
        if (token.expires() != null) {
            json.put("expires", token.expires().toString());
        }
        if (token.revoked() != null) {
            json.put("revoked", token.revoked().toString());
        }
        ArrayNode scopes = json.putArray("scopes");
        token.scopes().forEach(scopes::add);
        return json;
    }

    private static String state(AccessToken token, Instant now) {
        if (token.revoked() != null) {
            return "revoked";
        }
        return token.isGood(now) ? "good" : "expired";
    }
}
