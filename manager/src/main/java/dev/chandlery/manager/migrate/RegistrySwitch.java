package dev.chandlery.manager.migrate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Json;
import dev.chandlery.config.ConfigEditException;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.EndpointSpec;
import dev.chandlery.config.PrimaryRegistryEdit;
import java.util.ArrayList;
import java.util.List;

/** The lines of registry.yaml that make another registry the primary one. */
final class RegistrySwitch {
    private final ConfigSpec config;
    private final PrimaryRegistryEdit edit;

    private RegistrySwitch(ConfigSpec config, PrimaryRegistryEdit edit) {
        this.config = config;
        this.edit = edit;
    }

    /**
     * Works out what would change; nothing is written.
     *
     * @throws CommandException when the file cannot be changed so
     */
    static RegistrySwitch plan(ConfigSpec config, EndpointSpec target) {
        if (target.embedded() && !target.storage().equals(config.primaryRegistry().storage())) {
            throw new CommandException(ExitCode.USAGE, "cannot change " + config.file()
                    + ": storage of primary_registry is " + config.primaryRegistry().storage(),
                    "make it " + target.storage() + " by hand");
        }
        try {
            return new RegistrySwitch(config, PrimaryRegistryEdit.plan(config.file(), target.url(),
                    target.namespace()));
        } catch (ConfigEditException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /** @throws CommandException when the file was changed meanwhile or cannot be written */
    void write() {
        try {
            edit.write();
        } catch (ConfigEditException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    /** For people: each line as it was and as it is, or would be. */
    List<String> lines(boolean written) {
        List<String> lines = new ArrayList<>();
        lines.add(written
                ? config.file() + " is changed:"
                : "To switch, change " + config.file() + ", or run again with --switch:");
        for (PrimaryRegistryEdit.Line line : edit.lines()) {
            line.before().ifPresent(before -> lines.add("  " + line.number() + " - " + before));
            lines.add("  " + line.number() + " + " + line.after());
        }
        return lines;
    }

    ObjectNode json(boolean written) {
        ObjectNode node = Json.object().put("file", config.file().toString());
        node.put("written", written);
        var lines = node.putArray("lines");
        for (PrimaryRegistryEdit.Line line : edit.lines()) {
            ObjectNode each = lines.addObject().put("line", line.number());
            line.before().ifPresent(before -> each.put("before", before));
            each.put("after", line.after());
        }
        return node;
    }
}
