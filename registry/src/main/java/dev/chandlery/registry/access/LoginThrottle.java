package dev.chandlery.registry.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.refusal.RefusedException;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * Slows down those who guess: from one place, only so many wrong credentials are looked at. Names of users
 * are not counted, as anybody could lock anybody out then. Thread-safe.
 */
public final class LoginThrottle {
    private static final int MAX_PLACES = 100_000;
    private static final Duration MEMORY = Duration.ofMinutes(15);

    private final int failures;
    private final Duration period;
    private final Cache<String, Bucket> places = Caffeine.newBuilder()
            .maximumSize(MAX_PLACES)
            .expireAfterAccess(MEMORY)
            .build();

    /** That many failures at once, and as many again spread over each period. */
    public LoginThrottle(int failures, Duration period) {
        this.failures = failures;
        this.period = period;
    }

    /**
     * Lets the next credentials of that place be looked at.
     *
     * @throws RefusedException 429 after too many failures
     */
    void admit(String address) {
        Bucket bucket = places.getIfPresent(place(address));
        if (bucket == null || bucket.getAvailableTokens() > 0) {
            return;
        }
        long seconds = Math.max(1, Duration.ofNanos(bucket.estimateAbilityToConsume(1)
                .getNanosToWaitForRefill()).toSeconds() + 1);
        throw new RefusedException(ErrorCode.TOOMANYREQUESTS, ErrorCode.TOOMANYREQUESTS.status(),
                "cannot check credentials: too many wrong ones came from here; try again in "
                        + seconds + " s",
                HeaderFields.NONE.plus("Retry-After", Long.toString(seconds)));
    }

    /** Counts wrong credentials. */
    void failed(String address) {
        places.get(place(address), _ -> bucket()).tryConsume(1);
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(failures).refillGreedy(failures, period))
                .build();
    }

    /** One customer has a whole /64 of IPv6 addresses. */
    public static String place(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] groups = address.split(":", -1);
        return groups.length == 8
                ? String.join(":", groups[0], groups[1], groups[2], groups[3])
                : address;
    }
}
