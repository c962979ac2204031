package dev.chandlery.publisher;

import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.publisher.attest.Signing;
import dev.chandlery.publisher.audit.PublishAudit;
import dev.chandlery.publisher.smoke.SmokeTest;
import java.time.Clock;
import java.util.Optional;

/**
 * How a run publishes.
 *
 * @param config of the run
 * @param signing key that signs what is published, if any
 * @param audit takes every decision
 * @param smoke runs what was packed for this machine before it is pushed, if asked for
 */
public record Publishing(ConfigSpec config, Signing signing, PublishAudit audit,
        Optional<SmokeTest> smoke) {

    /**
     * As registry.yaml says; opens the audit log.
     *
     * @throws dev.chandlery.cli.CommandException when its signing key cannot be read
     * @throws dev.chandlery.oci.StorageException when the audit log cannot be written
     */
    public static Publishing of(Session session) {
        Signing signing = Signing.of(session.config(), session.environment());
        return new Publishing(session.config(), signing, PublishAudit.open(session.config()
                .logging(), Clock.systemUTC()), Optional.empty());
    }

    /** The same, running what is packed. */
    public Publishing withSmoke(SmokeTest test) {
        return new Publishing(config, signing, audit, Optional.of(test));
    }
}
