package dev.chandlery.registry.command;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.collect.Finding;
import dev.chandlery.registry.collect.Removed;
import dev.chandlery.registry.metadata.HeldManifest;
import dev.chandlery.registry.observe.AuditLog;
import dev.chandlery.registry.observe.CommandDeed;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes down what a command took away, by whom of this machine; nothing where there is no audit log. Of what a
 * collection takes, manifests alone, as the registry itself does: blobs and bytes are what nobody named.
 */
record CommandAudit(Optional<AuditLog> log) implements AutoCloseable {
    private static final String DELETE = "delete-manifest";

    void removed(Removed what) {
        RepositoryName repository = what.repository();
        if (repository != null && (what.kind() == Removed.Kind.MANIFEST || what
                .kind() == Removed.Kind.VERSION)) {
            write(new CommandDeed(actor(), DELETE, repository.value(), what.tags()
                    .stream()
                    .map(Tag::value)
                    .collect(Collectors.joining(",")), what.id()));
        }
    }

    void removed(RepositoryName repository, HeldManifest manifest) {
        write(new CommandDeed(actor(), DELETE, repository.value(), manifest.tags()
                .keySet()
                .stream()
                .map(Tag::value)
                .collect(Collectors.joining(",")), manifest.digest().toString()));
    }

    void found(Finding finding) {
        RepositoryName repository = finding.repository();
        if (finding.outcome() == Finding.Outcome.REPAIRED || finding
                .outcome() == Finding.Outcome.QUARANTINED) {
            write(new CommandDeed(actor(), "repair " + finding.kind().label(), repository == null
                    ? ""
                    : repository.value(), finding.id(), ""));
        }
    }

    /** A token was made or ended. */
    void token(String operation, String token) {
        write(new CommandDeed(actor(), operation, "", token, ""));
    }

    private void write(CommandDeed deed) {
        log.ifPresent(open -> open.done(deed));
    }

    /** No user of the registry has a colon in the name. */
    private static String actor() {
        return "command:" + System.getProperty("user.name", "");
    }

    @Override
    public void close() {
        log.ifPresent(AuditLog::close);
    }
}
