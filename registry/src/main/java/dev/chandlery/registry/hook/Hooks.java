package dev.chandlery.registry.hook;

import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All hooks, asked in turn.
 *
 * @param hooks the first that refuses ends the asking
 */
public record Hooks(List<RegistryHook> hooks) {
    private static final System.Logger LOG = System.getLogger(Hooks.class.getName());

    public Hooks {
        hooks = List.copyOf(hooks);
    }

    /** Does the change. */
    @FunctionalInterface
    public interface Work {
        /** Whether it was done; what it throws goes on to the caller. */
        boolean run();
    }

    /**
     * Does the change if no hook refuses it.
     *
     * @return whether it was done, as the work says
     * @throws RefusedException 403 with the reason of the hook that refused
     */
    public boolean around(Change change, Work work) {
        if (hooks.isEmpty()) {
            return work.run();
        }
        List<RegistryHook> passed = new ArrayList<>();
        boolean done = false;
        try {
            for (RegistryHook hook : hooks) {
                Optional<String> refusal = hook.before(change);
                if (refusal.isPresent()) {
                    throw new RefusedException(ErrorCode.DENIED, refusal.get());
                }
                passed.add(hook);
            }
            done = work.run();
            return done;
        } finally {
            for (RegistryHook hook : passed) {
                tell(hook, change, done);
            }
        }
    }

    /** How large a blob may be, as the strictest hook says; empty for any size. */
    public OptionalLong room(Change change) {
        return hooks.stream()
                .map(hook -> hook.room(change))
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    private static void tell(RegistryHook hook, Change change, boolean done) {
        try {
            hook.after(change, done);
        } catch (RuntimeException e) { // the change is what it is; a plug-in's failure is its own
            LOG.log(System.Logger.Level.ERROR, () -> "hook " + hook.getClass().getName()
                    + " failed after " + change.operation() + " of " + change.repository() + ": "
                    + e.getMessage());
        }
    }
}
