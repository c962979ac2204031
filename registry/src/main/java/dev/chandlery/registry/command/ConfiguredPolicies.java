package dev.chandlery.registry.command;

import dev.chandlery.config.server.ServerLimitsSpec;
import dev.chandlery.config.server.ServerSpec;
import dev.chandlery.config.server.ServerUpkeepSpec;
import dev.chandlery.registry.access.RepositoryPattern;
import dev.chandlery.registry.collect.CollectionSettings;
import dev.chandlery.registry.collect.RetentionPolicy;
import dev.chandlery.registry.collect.TagPattern;
import dev.chandlery.registry.hook.RegistryHook;
import dev.chandlery.registry.http.HttpServerOptions.Pace;
import dev.chandlery.registry.http.TrustedProxies;
import dev.chandlery.registry.limit.Quota;
import dev.chandlery.registry.limit.Rates;
import dev.chandlery.registry.server.Policies;
import dev.chandlery.registry.upload.UploadLimits;
import java.util.List;
import java.util.ServiceLoader;

/** From what registry.yaml says of limits, quotas and upkeep to what a server takes. */
final class ConfiguredPolicies {
    private ConfiguredPolicies() {}

    /** With the hooks that are on the class path. */
    static Policies of(LoadedConfig config) {
        Policies policies = Policies.DEFAULTS.withHooks(ServiceLoader.load(RegistryHook.class)
                .stream()
                .map(ServiceLoader.Provider::get)
                .toList());
        return config.server().map(server -> of(server, policies)).orElse(policies);
    }

    private static Policies of(ServerSpec server, Policies policies) {
        ServerLimitsSpec limits = server.limits();
        UploadLimits uploads = new UploadLimits(limits.uploads().maxBlobBytes(),
                UploadLimits.DEFAULTS.maxSessions(), UploadLimits.DEFAULTS.lifetime(),
                UploadLimits.DEFAULTS.writerWait());
        return policies.withLimits(uploads)
                .withConcurrentUploads(limits.uploads().concurrent())
                .withRates(new Rates(limits.rates().perCaller(), limits.rates().perAddress()))
                .withQuotas(server.quotas()
                        .stream()
                        .map(quota -> new Quota(RepositoryPattern.parse(quota.repositories()), quota
                                .maxBytes()))
                        .toList())
                .withCollection(collection(server));
    }

    /** How storage is looked after. */
    static CollectionSettings collection(LoadedConfig config) {
        return config.server()
                .map(ConfiguredPolicies::collection)
                .orElse(CollectionSettings.DEFAULTS);
    }

    private static CollectionSettings collection(ServerSpec server) {
        ServerUpkeepSpec.Collection collection = server.collection();
        return CollectionSettings.DEFAULTS.withGrace(collection.grace())
                .withInterval(collection.enabled() ? collection.interval() : null)
                .withLockFiles(collection.locked())
                .withUntaggedAfter(collection.untaggedAfter().orElse(null))
                .withRetention(server.retention()
                        .stream()
                        .map(ConfiguredPolicies::retention)
                        .toList());
    }

    private static RetentionPolicy retention(ServerUpkeepSpec.Retention retention) {
        return new RetentionPolicy(List.of(RepositoryPattern.parse(retention.repositories())),
                retention.keepLast().orElse(null), retention.keepTags()
                        .stream()
                        .map(TagPattern::parse)
                        .toList(), retention.olderThan().orElse(null));
    }

    /** Who is believed who asks. */
    static TrustedProxies proxies(LoadedConfig config) {
        return config.server()
                .map(server -> TrustedProxies.parse(server.trustedProxies()))
                .orElse(TrustedProxies.NONE);
    }

    static Pace pace(LoadedConfig config) {
        return config.server()
                .map(server -> server.limits().pace())
                .map(pace -> new Pace(pace.connections(), pace.addressConnections(), pace
                        .idleTimeout(), pace.headerTimeout(), pace.minBodyBytesPerSecond(), pace
                                .minSendBytesPerSecond(), Pace.DEFAULTS.grace()))
                .orElse(Pace.DEFAULTS);
    }
}
