package dev.chandlery.scheduler.run;

import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Result;
import java.time.Duration;

/** Is told of each run of a job in this process. Methods are called by the run's own thread, and return soon. */
public interface RunListener {

    /** Tells nobody. */
    RunListener NONE = new RunListener() {
        @Override
        public void began(JobName job) {}

        @Override
        public void ended(JobName job, Result result, Duration took) {}
    };

    /** It runs now. */
    void began(JobName job);

    /** It ended as the history has it. */
    void ended(JobName job, Result result, Duration took);
}
