package dev.chandlery.registry.server;

import dev.chandlery.registry.collect.CollectionSettings;
import dev.chandlery.registry.hook.RegistryHook;
import dev.chandlery.registry.limit.Quota;
import dev.chandlery.registry.limit.Rates;
import dev.chandlery.registry.upload.UploadLimits;
import java.util.List;

/**
 * What a registry lets its callers do, besides their rights, and what it takes away.
 *
 * @param limits on uploads
 * @param concurrentUploads how many blobs are received at a time
 * @param rates of requests
 * @param quotas the first that matches a repository counts
 * @param hooks asked in turn before everything that is written
 * @param collection of what nobody needs
 */
public record Policies(UploadLimits limits, int concurrentUploads, Rates rates,
        List<Quota> quotas, List<RegistryHook> hooks, CollectionSettings collection) {
    private static final int CONCURRENT_UPLOADS = 256;

    public static final Policies DEFAULTS = new Policies(UploadLimits.DEFAULTS, CONCURRENT_UPLOADS,
            Rates.UNLIMITED, List.of(), List.of(), CollectionSettings.DEFAULTS);

    public Policies {
        quotas = List.copyOf(quotas);
        hooks = List.copyOf(hooks);
    }

    public Policies withLimits(UploadLimits replaced) {
        return new Policies(replaced, concurrentUploads, rates, quotas, hooks, collection);
    }

    public Policies withConcurrentUploads(int replaced) {
        return new Policies(limits, replaced, rates, quotas, hooks, collection);
    }

    public Policies withRates(Rates replaced) {
        return new Policies(limits, concurrentUploads, replaced, quotas, hooks, collection);
    }

    public Policies withQuotas(List<Quota> replaced) {
        return new Policies(limits, concurrentUploads, rates, replaced, hooks, collection);
    }

    public Policies withHooks(List<RegistryHook> replaced) {
        return new Policies(limits, concurrentUploads, rates, quotas, replaced, collection);
    }

    public Policies withCollection(CollectionSettings replaced) {
        return new Policies(limits, concurrentUploads, rates, quotas, hooks, replaced);
    }
}
