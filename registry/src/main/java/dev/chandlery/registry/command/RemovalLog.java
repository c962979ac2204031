package dev.chandlery.registry.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.Sizes;
import dev.chandlery.registry.collect.Progress;
import dev.chandlery.registry.collect.Removed;
import java.util.Optional;

/** With {@code -v}, each thing that goes: lines on standard error, or a list in the JSON result. */
final class RemovalLog implements Progress {
    private final Console console;
    private final boolean verbose;
    private final boolean json;
    private final ArrayNode list = Json.array();

    RemovalLog(Console console, boolean verbose, boolean json) {
        this.console = console;
        this.verbose = verbose;
        this.json = json;
    }

    @Override
    public void removed(Removed what) {
        if (!verbose) {
            return;
        }
        var repository = Optional.ofNullable(what.repository());
        if (json) {
            ObjectNode entry = list.addObject().put("kind", what.kind().label());
            repository.ifPresent(name -> entry.put("repository", name.value()));
            entry.put("id", what.id()).put("bytes", what.bytes());
        } else {
            console.note(what.kind().label() + " " + repository.map(name -> name + " ")
                    .orElse(
                            "")
                    + what.id() + " (" + Sizes.bytes(what.bytes()) + ")");
        }
    }

    /** The same, and it is written down. */
    Progress andTo(CommandAudit audit) {
        return new Progress() {
            @Override
            public void removed(Removed what) {
                audit.removed(what);
                RemovalLog.this.removed(what);
            }
        };
    }

    /** What was told; empty when it goes elsewhere. */
    Optional<ArrayNode> list() {
        return verbose && json ? Optional.of(list) : Optional.empty();
    }
}
