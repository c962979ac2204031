package dev.chandlery.scheduler.work;

import dev.chandlery.cli.Sizes;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.server.ServerUpkeepSpec;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.embedded.EmbeddedRegistry.Collected;
import dev.chandlery.oci.embedded.EmbeddedRegistry.Collecting;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import java.util.stream.Collectors;

/**
 * Frees space in the embedded registry, whether or not somebody serves it now. Other registries do that by
 * themselves.
 *
 * @param place of work
 * @param what stays
 */
record CollectionJob(Workplace place, Collecting what) implements Job {

    static Collecting asConfigured(ConfigSpec config) {
        ServerUpkeepSpec.Collection spec = config.registryServer().upkeep().collection();
        return new Collecting(spec.grace(), spec.untaggedAfter(), spec.locked());
    }

    @Override
    public Outcome run() {
        ConfigSpec config = place.config();
        if (!config.primaryRegistry().embedded()) {
            return Outcome.of(Result.NOTHING_TO_DO, config.primaryRegistry().label()
                    + " is no embedded registry; it collects by itself");
        }
        Collected collected = EmbeddedRegistry.load()
                .withClock(place.clock())
                .collect(config.primaryRegistry().storage(), what);
        String text = Summaries.count(collected.things(), "thing") + " removed, " + Sizes.bytes(
                collected.bytes()) + " freed";
        if (!collected.skipped().isEmpty()) {
            return Outcome.of(Result.PARTLY, text
                    + "; left out, as a manifest there cannot be read: "
                    + collected.skipped()
                            .stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(
                                    ", ")));
        }
        return Outcome.of(collected.things() == 0 ? Result.NOTHING_TO_DO : Result.DONE, text);
    }
}
