package dev.chandlery.registry.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.chandlery.oci.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who a name and password, or a long-lived token, stand for; slow for those who guess. Passwords that were
 * right are remembered for some minutes as a keyed hash, as the directories' own hashing is slow on purpose.
 * Thread-safe.
 */
public final class Logins {
    private static final Duration MEMORY = Duration.ofMinutes(5);
    private static final int MAX_REMEMBERED = 10_000;
    private static final int KEY_BYTES = 32;

    /** A user whose password was right, when the directory had that version of it. */
    private record Remembered(UserDirectory.User user, String version) {}

    private final List<UserDirectory> directories;
    private final AccessTokens tokens;
    private final AccessRules rules;
    private final LoginThrottle throttle;
    private final Set<String> metricsReaders;
    private final byte[] key = new byte[KEY_BYTES];
    private final Cache<String, Remembered> remembered = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(MEMORY)
            .build();

    /**
     * Asks the directories in turn.
     *
     * @param metricsReaders names of users who may read metrics
     */
    public Logins(List<UserDirectory> directories, AccessTokens tokens, AccessRules rules,
            LoginThrottle throttle, Set<String> metricsReaders) {
        this.directories = List.copyOf(directories);
        this.tokens = tokens;
        this.rules = rules;
        this.throttle = throttle;
        this.metricsReaders = Set.copyOf(metricsReaders);
        new SecureRandom().nextBytes(key);
    }

    /**
     * The caller of these credentials; empty when they are wrong.
     *
     * @throws dev.chandlery.registry.refusal.RefusedException 429 after too many wrong ones from there
     */
    Optional<Caller> caller(Credentials.Basic basic, String address) {
        if (AccessTokens.isToken(basic.password())) {
            return callerOfToken(basic.password());
        }
        String proof = proof(basic);
        Remembered known = remembered.getIfPresent(proof);
        if (known != null && version(known.user().name()).equals(Optional.of(known.version()))) {
            return Optional.of(caller(known.user()));
        }
        throttle.admit(address);
        Optional<String> version = version(basic.name());
        Optional<UserDirectory.User> user = directories.stream()
                .flatMap(directory -> directory.authenticate(basic.name(), basic.password())
                        .stream())
                .findFirst();
        user.ifPresentOrElse(found -> version.ifPresent(before -> remembered.put(proof,
                new Remembered(found, before))), () -> throttle.failed(address));
        return user.map(this::caller);
    }

    /** As {@link #caller} for a long-lived token: nobody can guess one, so nobody has to wait. */
    Optional<Caller> callerOfToken(String token) {
        return tokens.caller(token);
    }

    /** A user who proved a while ago to be one; empty when no directory knows the name any more. */
    Optional<Caller> userAgain(String name, Set<String> groups) {
        return version(name).isPresent()
                ? Optional.of(caller(new UserDirectory.User(name, groups)))
                : Optional.empty();
    }

    private Optional<String> version(String name) {
        return directories.stream()
                .flatMap(directory -> directory.version(name).stream())
                .findFirst();
    }

    private Caller caller(UserDirectory.User user) {
        Set<Caller.Privilege> beyond = EnumSet.of(Caller.Privilege.ENTER, Caller.Privilege.CATALOG);
        if (metricsReaders.contains(user.name())) {
            beyond.add(Caller.Privilege.METRICS);
        }
        return new Caller(user.name(), "", user.groups(), rules.of(user.name(), user.groups()),
                Grants.ALL, beyond);
    }

    // The length keeps apart name and password, which may hold any character.
    private String proof(Credentials.Basic basic) {
        MessageDigest hash = Algorithm.SHA256.newMessageDigest();
        byte[] name = basic.name().getBytes(StandardCharsets.UTF_8);
        hash.update(key);
        hash.update(Integer.toString(name.length).getBytes(StandardCharsets.US_ASCII));
        hash.update((byte) 0);
        hash.update(name);
        hash.update(basic.password().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash.digest());
    }
}
