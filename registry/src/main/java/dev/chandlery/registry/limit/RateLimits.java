package dev.chandlery.registry.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.access.Caller;
import dev.chandlery.registry.access.LoginThrottle;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.route.Admission;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/**
 * Token buckets per caller and per address, each of ten seconds' worth of requests. What is left is told to
 * callers of their own bucket only: an address may be shared with others. Each server counts for itself.
 *
 * <p><b>Spec:</b> {@code RateLimit-Limit}, {@code -Remaining} and {@code -Reset} of the IETF draft
 * ratelimit-headers, version 3; RFC 9110, section 10.2.3, {@code Retry-After}.
 */
public final class RateLimits implements Admission {
    private static final int BURST_SECONDS = 10;
    private static final int MAX_BUCKETS = 100_000;

    private final Rates rates;
    private final Cache<String, Bucket> callers = buckets();
    private final Cache<String, Bucket> addresses = buckets();

    private RateLimits(Rates rates) {
        this.rates = rates;
    }

    /** What these rates ask for. */
    public static Admission of(Rates rates) {
        return rates.equals(Rates.UNLIMITED) ? UNLIMITED : new RateLimits(rates);
    }

    private static Cache<String, Bucket> buckets() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                .expireAfterAccess(Duration.ofSeconds(2L * BURST_SECONDS))
                .build();
    }

    @Override
    public void arrive(HttpRequest request) {
        if (rates.perAddress() > 0) {
            consume(addresses, LoginThrottle.place(request.peer().address()), rates
                    .perAddress());
        }
    }

    @Override
    public HeaderFields admit(HttpRequest request, Caller caller) {
        if (rates.perCaller() == 0) {
            return HeaderFields.NONE;
        }
        return consume(callers, caller.account(request.peer().address()), rates.perCaller());
    }

    private static HeaderFields consume(Cache<String, Bucket> buckets, String key, int rate) {
        ConsumptionProbe probe = buckets.get(key, _ -> bucket(rate))
                .tryConsumeAndReturnRemaining(1);
        HeaderFields.Builder left = new HeaderFields.Builder()
                .add("RateLimit-Limit", Integer.toString(rate * BURST_SECONDS))
                .add("RateLimit-Remaining", Long.toString(probe.getRemainingTokens()))
                .add("RateLimit-Reset", seconds(probe.getNanosToWaitForReset()));
        if (probe.isConsumed()) {
            return left.build();
        }
        String wait = seconds(probe.getNanosToWaitForRefill());
        throw new RefusedException(ErrorCode.TOOMANYREQUESTS, ErrorCode.TOOMANYREQUESTS.status(),
                "cannot answer so many requests: expected at most " + rate
                        + " per second; try again in " + wait + " s",
                left.add("Retry-After", wait).build());
    }

    private static Bucket bucket(int rate) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity((long) rate * BURST_SECONDS)
                        .refillGreedy(rate, Duration.ofSeconds(1)))
                .build();
    }

    private static String seconds(long nanos) {
        return Long.toString(Math.max(1, Duration.ofNanos(nanos).plusMillis(999).toSeconds()));
    }
}
