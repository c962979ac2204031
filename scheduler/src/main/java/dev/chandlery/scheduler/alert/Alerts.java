package dev.chandlery.scheduler.alert;

import dev.chandlery.cli.CommandException;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.scheduler.history.Deliveries;
import dev.chandlery.scheduler.history.Deliveries.Pending;
import dev.chandlery.scheduler.history.IncidentChanges;
import dev.chandlery.scheduler.lock.JobLocks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells channels what changed, once: the history has what each is still to be told, so that what cannot be delivered
 * now is later, and what is beyond a channel's limit is told together in the next hour. That a
 * channel fails is logged and fails nothing else.
 */
public final class Alerts {
    private static final System.Logger LOG = System.getLogger(Alerts.class.getName());
    private static final Duration TOO_OLD = Duration.ofDays(7);

    private final SortedMap<String, Channel> channels;
    private final Limits limits;
    private final Deliveries deliveries;
    private final JobLocks locks;
    private final AtomicReference<Runnable> courier = new AtomicReference<>(this::deliver);

    /**
     * How messages are bounded and named.
     *
     * @param place registry that they tell of
     * @param mostPerHour that a channel gets
     * @param clock of deliveries
     */
    public record Limits(String place, int mostPerHour, InstantSource clock) {}

    /** @param channels by name; none to tell nobody */
    public Alerts(SortedMap<String, Channel> channels, Limits limits, Deliveries deliveries,
            JobLocks locks) {
        this.channels = new TreeMap<>(channels);
        this.limits = limits;
        this.deliveries = deliveries;
        this.locks = locks;
    }

    /** Names of the channels. */
    public List<String> channels() {
        return List.copyOf(channels.keySet());
    }

    /** From now on that one calls {@link #deliver}, when it is told that there is something. */
    void deliverBy(Runnable other) {
        courier.set(other);
    }

    /** Logs these, which the history has for each channel, and has them delivered. */
    public void tell(IncidentChanges changes) {
        changes.opened()
                .forEach(each -> LOG.log(System.Logger.Level.WARNING, () -> "incident "
                        + Texts.headline(each)));
        changes.resolved()
                .forEach(each -> LOG.log(System.Logger.Level.INFO, () -> "resolved "
                        + Texts.headline(each)));
        if (!channels.isEmpty()) {
            courier.get().run();
        }
    }

    /**
     * Tells each channel what it was not told yet, side by side. Whether none failed; one that has had enough
     * for an hour did not. Never throws for a channel or the store.
     */
    boolean deliver() {
        try {
            deliveries.forget(channels(), limits.clock().instant().minus(TOO_OLD));
            return TaskScope.mapAll("alerts", channels(), this::deliverTo)
                    .stream()
                    .allMatch(told -> told);
        } catch (OciException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot alert: {0}", e.getMessage());
            return false;
        }
    }

    /** One node at a time, so that nothing is told twice. */
    private boolean deliverTo(String name) {
        if (deliveries.pending(name).isEmpty()) {
            return true;
        }
        Optional<JobLocks.Held> lock = locks.tryTake("alerts:" + name);
        if (lock.isEmpty()) {
            return true; // that one tells it
        }
        try (JobLocks.Held _ = lock.get()) {
            Instant now = limits.clock().instant();
            List<Pending> pending = deliveries.pending(name);
            if (pending.isEmpty() || deliveries.inTheLastHour(name, now) >= limits.mostPerHour()) {
                return true;
            }
            Channel channel = channels.get(name);
            if (channel != null) {
                channel.send(new Message(limits.place(), pending, now));
                deliveries.told(name, pending, now);
            }
            return true;
        } catch (OciException | CommandException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot alert {0}: {1}; it is tried again", name, e
                    .getMessage());
            return false;
        }
    }
}
