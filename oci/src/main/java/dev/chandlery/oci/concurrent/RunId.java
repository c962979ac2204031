package dev.chandlery.oci.concurrent;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What the work of this thread belongs to, such as one run of a scheduled job: log lines show it, and
 * requests bear it as {@code X-Request-Id}. Subtasks of a {@link TaskScope} inherit it.
 */
public final class RunId {
    private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private RunId() {}

    /** Of this thread's work; empty outside of {@link #with}. */
    public static Optional<String> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /**
     * Does the work under that id.
     *
     * @param id 1 to 128 letters, digits, {@code . _ : -}
     */
    public static <T> T with(String id, Supplier<T> work) {
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException("expected 1 to 128 letters, digits, . _ : -");
        }
        return ScopedValue.where(CURRENT, id).call(work::get);
    }

    /** The task, under this thread's id on whichever thread it is called. */
    static <T> Callable<T> inherited(Callable<T> task) {
        if (!CURRENT.isBound()) {
            return task;
        }
        String id = CURRENT.get();
        return () -> ScopedValue.where(CURRENT, id).call(task::call);
    }
}
