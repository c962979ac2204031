package dev.chandlery.registry.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.metadata.SigningKey;
import dev.chandlery.registry.metadata.SigningKeyRecords;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys of short-lived tokens: ECDSA on P-256, a new one each day. An old key verifies what it signed, and
 * is forgotten a while after the last of that has expired.
 *
 * <p><b>Concurrency:</b> the lock lets one thread at a time ask the database; others use what is known.
 */
final class SigningKeys {
    private static final Duration ROTATION = Duration.ofDays(1);
    private static final Duration FORGOTTEN = Duration.ofDays(2);
    /** Other nodes' new keys are seen after so long at the latest. */
    private static final Duration FRESH = Duration.ofMinutes(1);
    /** A token that names an unknown key makes us ask anew, but not for each such token. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private record Known(List<ECKey> keys, Instant newest, Instant asked) {}

    private final SigningKeyRecords records;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Known known = new Known(List.of(), Instant.MIN, Instant.MIN);

    SigningKeys(SigningKeyRecords records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    /** The key to sign with now. */
    ECKey current() {
        Instant now = clock.instant();
        Known seen = known;
        if (seen.keys().isEmpty() || isOlder(seen.newest(), ROTATION, now)) {
            seen = rotate(now);
        }
        return seen.keys().getFirst();
    }

    /** The key of that id; empty when there is none, or it is too old to have signed anything good. */
    Optional<ECKey> find(String id) {
        Instant now = clock.instant();
        Optional<ECKey> key = of(known, id);
        Duration patience = key.isPresent() ? FRESH : ASK_AGAIN;
        return isOlder(known.asked(), patience, now) ? of(reload(now), id) : key;
    }

    private static Optional<ECKey> of(Known known, String id) {
        return known.keys().stream().filter(key -> key.getKeyID().equals(id)).findFirst();
    }

    private static boolean isOlder(Instant time, Duration age, Instant now) {
        return time.equals(Instant.MIN) || time.plus(age).isBefore(now);
    }

    private Known rotate(Instant now) {
        asking.lock();
        try {
            Known seen = load(now);
            if (seen.keys().isEmpty() || isOlder(seen.newest(), ROTATION, now)) {
                records.addUnlessNewer(generate(now), now.minus(ROTATION));
                records.removeOlder(now.minus(FORGOTTEN));
                seen = load(now);
            }
            return seen;
        } finally {
            asking.unlock();
        }
    }

    private Known reload(Instant now) {
        if (!asking.tryLock()) {
            return known;
        }
        try {
            return load(now);
        } finally {
            asking.unlock();
        }
    }

    private Known load(Instant now) {
        List<SigningKey> stored = records.list();
        known = new Known(stored.stream().map(SigningKeys::key).toList(), stored.isEmpty()
                ? Instant.MIN
                : stored.getFirst().created(), now);
        return known;
    }

    private static SigningKey generate(Instant now) {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256).generate();
            Base64.Encoder base64 = Base64.getEncoder();
            return new SigningKey(UUID.randomUUID().toString(), base64.encodeToString(key
                    .toPrivateKey()
                    .getEncoded()), base64.encodeToString(key.toPublicKey().getEncoded()), now);
        } catch (JOSEException e) {
            throw new StorageException("cannot make signing key: " + e.getMessage(), e);
        }
    }

    private static ECKey key(SigningKey stored) {
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            ECPublicKey publicKey = (ECPublicKey) keys.generatePublic(new X509EncodedKeySpec(
                    Base64.getDecoder().decode(stored.publicKey())));
            ECPrivateKey privateKey = (ECPrivateKey) keys.generatePrivate(new PKCS8EncodedKeySpec(
                    Base64.getDecoder().decode(stored.privateKey())));
            return new ECKey.Builder(Curve.P_256, publicKey).privateKey(privateKey)
                    .keyID(stored.id())
                    .build();
        } catch (GeneralSecurityException e) {
            throw new StorageException("cannot read signing key " + stored.id() + ": " + e
                    .getMessage(), e);
        }
    }
}
