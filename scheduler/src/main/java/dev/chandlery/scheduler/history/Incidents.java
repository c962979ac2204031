package dev.chandlery.scheduler.history;

import dev.chandlery.scheduler.job.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What is wrong, and was. Methods throw {@link dev.chandlery.oci.StorageException}. */
public interface Incidents {

    /**
     * Takes in what one run found.
     *
     * @param found what is wrong
     * @param covered kinds of which all incidents that were not found again are well
     */
    IncidentChanges observe(Instant at, List<Finding> found, Set<Finding.Kind> covered);

    /** That one finding is well again, if it was wrong. */
    IncidentChanges resolve(Instant at, Finding.Kind kind, String subject);

    /**
     * Incidents, the latest first.
     *
     * @param onlyOpen those that are still wrong
     */
    List<Incident> incidents(boolean onlyOpen, int most);
}
