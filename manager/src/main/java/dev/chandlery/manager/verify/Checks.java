package dev.chandlery.manager.verify;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the checks of one artifact; one that fails does not keep the others from being run. Not thread-safe. */
final class Checks {
    private final String artifact;
    private final Digest digest;
    private final List<Check> done = new ArrayList<>();

    /** @param artifact its name, such as {@code linux-x86_64} */
    Checks(String artifact, Digest digest) {
        this.artifact = artifact;
        this.digest = digest;
    }

    /** Something to look at. */
    @FunctionalInterface
    interface Step {

        /**
         * Looks; an {@link OciException} is a problem.
         *
         * @return what was found; {@link Nothing} where there was nothing to look at
         */
        Object look() throws IOException;
    }

    /**
     * There was nothing to look at.
     *
     * @param why it may be so
     */
    record Nothing(String why) {}

    /** @param remedy what to do when it fails */
    boolean run(String name, String remedy, Step step) {
        try {
            Object found = step.look();
            done.add(found instanceof Nothing(String why)
                    ? new Check(name, Check.Status.NONE, why, Optional.empty())
                    : new Check(name, Check.Status.OK, found.toString(), Optional.empty()));
            return true;
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            done.add(new Check(name, Check.Status.FAILED, "", Optional.of(Problem.of(e, remedy))));
        } catch (IOException e) {
            throw new StorageException("cannot verify " + artifact + ": " + e, e);
        }
        return false;
    }

    ArtifactReport report() {
        return new ArtifactReport(artifact, digest, done);
    }
}
