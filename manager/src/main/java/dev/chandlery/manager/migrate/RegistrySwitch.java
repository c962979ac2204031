package dev.chandlery.manager.migrate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Json;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.edit.ConfigEditException;
import dev.chandlery.config.edit.PrimaryRegistryEdit;
import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.manager.transfer.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines of registry.yaml that make another registry the primary one. */
final class RegistrySwitch {
    private final ConfigSpec config;
    private final EndpointSpec target;
    private final PrimaryRegistryEdit edit;

    private RegistrySwitch(ConfigSpec config, EndpointSpec target, PrimaryRegistryEdit edit) {
        this.config = config;
        this.target = target;
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
            return new RegistrySwitch(config, target, PrimaryRegistryEdit.plan(config.file(),
                    target.url(), target.namespace()));
        } catch (ConfigEditException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /** @throws CommandException when the file cannot be written */
    RegistrySwitch requireWritable() {
        try {
            edit.requireWritable();
            return this;
        } catch (ConfigEditException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()),
                    "make it writable, or run without --switch and change the lines by hand");
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
        if (isBackup()) {
            lines.add(
                    "It is one of backup_registries, too: put the registry that was primary in its place there.");
        }
        if (keepsOtherLogin()) {
            lines.add("The login of primary_registry stays as it is (auth_method: "
                    + label(config.primaryRegistry()) + "); " + target.label()
                    + " was reached with auth_method: " + label(target)
                    + ": change it by hand.");
        }
        return lines;
    }

    private static String label(EndpointSpec endpoint) {
        return endpoint.authMethod().name().toLowerCase(Locale.ROOT);
    }

    /** Logins may be in any form, so they are left to people. */
    private boolean keepsOtherLogin() {
        return !target.embedded() && !config.primaryRegistry().auth().equals(target.auth());
    }

    private boolean isBackup() {
        return config.backupRegistries().stream().anyMatch(each -> Places.same(each, target));
    }

    ObjectNode json(boolean written) {
        ObjectNode node = Json.object().put("file", config.file().toString());
        node.put("written", written).put("backup", isBackup());
        node.put("login_differs", keepsOtherLogin());
        var lines = node.putArray("lines");
        for (PrimaryRegistryEdit.Line line : edit.lines()) {
            ObjectNode each = lines.addObject().put("line", line.number());
            line.before().ifPresent(before -> each.put("before", before));
            each.put("after", line.after());
        }
        return node;
    }
}
