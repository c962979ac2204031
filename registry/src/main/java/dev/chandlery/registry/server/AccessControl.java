package dev.chandlery.registry.server;

import dev.chandlery.registry.access.AccessTokens;
import dev.chandlery.registry.access.Authorizer;
import dev.chandlery.registry.access.GuardedAuthorizer;
import dev.chandlery.registry.access.LoginThrottle;
import dev.chandlery.registry.access.Logins;
import dev.chandlery.registry.access.OpenAuthorizer;
import dev.chandlery.registry.access.ShortLived;
import dev.chandlery.registry.access.TokenRealm;
import dev.chandlery.registry.metadata.MetadataStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Who decides on rights.
 *
 * @param authorizer asked by all
 * @param tokens the token endpoint's; empty when nobody needs one
 */
record AccessControl(Authorizer authorizer, Optional<ShortLived> tokens) {
    private static final int LOGIN_FAILURES = 10;
    private static final Duration LOGIN_PERIOD = Duration.ofMinutes(1);

    static AccessControl of(AccessOptions options, MetadataStore metadata, Clock clock) {
        return switch (options) {
            case AccessOptions.OpenToLoopback _ -> new AccessControl(OpenAuthorizer.loopback(),
                    Optional.empty());
            case AccessOptions.OpenToAll _ -> new AccessControl(OpenAuthorizer.everywhere(),
                    Optional.empty());
            case AccessOptions.Guarded guarded -> of(guarded, metadata, clock);
        };
    }

    private static AccessControl of(AccessOptions.Guarded options, MetadataStore metadata,
            Clock clock) {
        AccessTokens longLived = new AccessTokens(metadata.tokens(), clock);
        Logins logins = new Logins(options.directories(), longLived, options.rules(),
                new LoginThrottle(LOGIN_FAILURES, LOGIN_PERIOD), options.metricsReaders());
        ShortLived shortLived = new ShortLived(metadata.signingKeys(), logins, longLived, options
                .rules(), clock);
        return new AccessControl(new GuardedAuthorizer(logins, shortLived, new TokenRealm(options
                .publicUrl()), options.rules()), Optional.of(shortLived));
    }
}
