package dev.chandlery.scheduler.run;

import dev.chandlery.cli.CommandException;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.concurrent.RunId;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import dev.chandlery.scheduler.plan.JobPlan;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * What runs in this process now: each job on a virtual thread of its own, interrupted when it takes too
 * long or when the process stops.
 */
public final class Executions {
    private static final System.Logger LOG = System.getLogger(Executions.class.getName());

    private final Function<JobName, Job> jobs;
    private final RunListener listener;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean interrupting;

    /** @param jobs finds the work of each */
    public Executions(Function<JobName, Job> jobs) {
        this(jobs, RunListener.NONE);
    }

    /**
     * As above.
     *
     * @param listener is told of each run
     */
    public Executions(Function<JobName, Job> jobs, RunListener listener) {
        this.jobs = jobs;
        this.listener = listener;
    }

    /** Does it, as part of that run; returns when it has really ended, so that no other begins before. */
    Outcome execute(JobPlan plan, String id) {
        FutureTask<Outcome> task = new FutureTask<>(() -> RunId.with(id, () -> attempt(plan
                .name())));
        Thread thread = Thread.ofVirtual().name("job-" + plan.name()).unstarted(task);
        threads.add(thread);
        long start = System.nanoTime();
        Result result = Result.FAILED;
        listener.began(plan.name());
        try {
            thread.start();
            if (interrupting) {
                thread.interrupt(); // it came between the others' interruption and its own start
            }
            Outcome outcome = await(task, thread, plan.timeout());
            result = outcome.result();
            return outcome;
        } finally {
            listener.ended(plan.name(), result, Duration.ofNanos(System.nanoTime() - start));
            threads.remove(thread);
        }
    }

    private Outcome await(FutureTask<Outcome> task, Thread thread, Duration timeout) {
        boolean late = false;
        while (true) {
            try {
                Outcome outcome = late
                        ? task.get()
                        : task.get(timeout.toMillis(),
                                TimeUnit.MILLISECONDS);
                return late
                        ? Outcome.of(Result.TIMED_OUT, "took longer than its timeout of "
                                + timeout.toSeconds() + " s")
                        : outcome;
            } catch (TimeoutException _) {
                late = true;
                LOG.log(System.Logger.Level.WARNING, "{0} is interrupted after {1} s", thread
                        .getName(), timeout.toSeconds());
                thread.interrupt();
            } catch (InterruptedException _) {
                thread.interrupt(); // whoever stops us waits for its end
                interrupting = true;
            } catch (ExecutionException e) {
                LOG.log(System.Logger.Level.DEBUG, "job failed", e);
                return Outcome.of(Result.FAILED, "unexpected failure: " + e.getCause());
            }
        }
    }

    private Outcome attempt(JobName name) {
        try {
            return jobs.apply(name).run();
        } catch (OperationCancelledException e) {
            return interrupting
                    ? Outcome.of(Result.STOPPED, "stopped; the next run goes on from here")
                    : Outcome.of(Result.FAILED, String.valueOf(e.getMessage()));
        } catch (OciException | CommandException e) {
            LOG.log(System.Logger.Level.DEBUG, "job failed", e);
            return Outcome.of(Result.FAILED, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "job failed", e);
            return Outcome.of(Result.FAILED, "unexpected failure: " + e);
        }
    }

    /** Nothing new begins. */
    public void drain() {
        stopping.countDown();
    }

    /** Whether nothing new begins. */
    public boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Waits; whether the whole time has passed, and nobody wants an end. */
    boolean pause(Duration time) {
        try {
            return !stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Names of the jobs that run. */
    public List<String> running() {
        return threads.stream().map(Thread::getName).sorted().toList();
    }

    /** Whether nothing runs. */
    public boolean isIdle() {
        return threads.isEmpty();
    }

    /** Interrupts all that runs. */
    public void interrupt() {
        interrupting = true;
        stopping.countDown();
        threads.forEach(Thread::interrupt);
    }
}
