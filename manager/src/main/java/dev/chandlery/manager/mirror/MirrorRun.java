package dev.chandlery.manager.mirror;

import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.manager.transfer.Place;
import dev.chandlery.manager.transfer.Places;
import dev.chandlery.manager.transfer.Transfer;
import dev.chandlery.manager.transfer.TransferOptions;
import dev.chandlery.manager.transfer.TransferOptions.Step;
import dev.chandlery.manager.transfer.TransferReport;
import dev.chandlery.manager.verify.SignatureCheck;
import java.util.Set;

/**
 * Brings mirrors up to date.
 *
 * @param session stays its owner's to close
 * @param jobs most requests at a time at each registry
 * @param steps besides copying
 */
public record MirrorRun(Session session, int jobs, Set<Step> steps) {

    public MirrorRun {
        steps = Set.copyOf(steps);
    }

    /**
     * Copies what one of them lacks; tools and bundles only as {@code security.signature_verification} says.
     *
     * @throws dev.chandlery.oci.OciException when a registry cannot be reached
     * @throws dev.chandlery.cli.CommandException when it cannot be found out what is to be copied
     */
    public TransferReport bring(Mirrors.Mirror mirror, Progress progress) {
        Places places = new Places(session);
        Access access = steps.contains(Step.DRY_RUN) ? Access.READ_ONLY : Access.READ_WRITE;
        try (Place target = places.open(mirror.target(), access);
                Place source = places.open(mirror.source(), Access.READ_ONLY)) {
            return new Transfer(session.config(), new TransferOptions(mirror.what(), jobs, steps),
                    progress).through(SignatureCheck.gate(session)).run(source, target);
        }
    }
}
