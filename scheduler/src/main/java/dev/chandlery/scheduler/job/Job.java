package dev.chandlery.scheduler.job;

/**
 * Work that can be repeated at any time: run again after it was cut short, it goes on with what is missing.
 */
@FunctionalInterface
public interface Job {

    /**
     * Does it; blocking. What fails is told in the outcome, or thrown as an
     * {@link dev.chandlery.oci.OciException} or {@link dev.chandlery.cli.CommandException}.
     *
     * @throws dev.chandlery.oci.OperationCancelledException when this thread is interrupted
     */
    Outcome run();
}
