package dev.chandlery.registry.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.chandlery.oci.Bytes;
import dev.chandlery.registry.metadata.AccessToken;
import dev.chandlery.registry.metadata.TokenRecords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Long-lived tokens: {@code chandlery_<id>_<secret>}. Of the secret, 32 random bytes, only the SHA-256 is kept;
 * it is as good as a slow hash, as nobody can try 2^256 secrets. Thread-safe.
 */
public final class AccessTokens {
    private static final Pattern FORM = Pattern.compile(
            "chandlery_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    /** For so long a token that was revoked may still be taken. */
    private static final Duration MEMORY = Duration.ofSeconds(2);
    private static final int MAX_REMEMBERED = 10_000;

    private final TokenRecords records;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Optional<AccessToken>> recent = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(MEMORY)
            .build();

    public AccessTokens(TokenRecords records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    /**
     * A token as its owner gets it, once.
     *
     * @param text the whole token, a secret
     * @param record what is kept of it
     */
    public record Issued(String text, AccessToken record) {
        @Override
        public String toString() {
            return "token " + record.id();
        }
    }

    /**
     * Makes a token.
     *
     * @param expires when it stops to be good; null when never
     * @return empty when a good token of that name is there already
     */
    public Optional<Issued> create(String name, List<TokenScope> scopes, boolean readOnly,
            @Nullable Instant expires) {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        String secretText = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        AccessToken record = new AccessToken(HexFormat.of().formatHex(id), name, hash(secretText),
                scopes.stream().map(TokenScope::toString).toList(), readOnly, clock.instant(),
                expires, null);
        return records.create(record)
                ? Optional.of(new Issued("chandlery_" + record.id() + "_" + secretText, record))
                : Optional.empty();
    }

    /** Whether the text looks like one of ours, good or not. */
    public static boolean isToken(String text) {
        return FORM.matcher(text).matches();
    }

    /** The caller that the token stands for; empty when it is not good. */
    Optional<Caller> caller(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String hash = hash(form.group(2));
        return find(form.group(1)).filter(token -> MessageDigest.isEqual(hash.getBytes(
                StandardCharsets.US_ASCII), token.secretHash().getBytes(StandardCharsets.US_ASCII)))
                .map(AccessTokens::caller);
    }

    /** The caller of the token with that id, for a short-lived token that was made for it. */
    Optional<Caller> callerOfId(String id) {
        return find(id).map(AccessTokens::caller);
    }

    private Optional<AccessToken> find(String id) {
        return recent.get(id, records::find).filter(token -> token.isGood(clock.instant()));
    }

    private static Caller caller(AccessToken token) {
        List<TokenScope> scopes = token.scopes().stream().map(TokenScope::parse).toList();
        Set<Caller.Privilege> beyond = EnumSet.of(Caller.Privilege.ENTER, Caller.Privilege.CATALOG);
        if (scopes.contains(new TokenScope.Metrics())) {
            beyond.add(Caller.Privilege.METRICS);
        }
        return new Caller(Caller.TOKEN_PREFIX + token.name(), token.id(), Set.of(), TokenScope
                .grants(scopes,
                        token.readOnly()), Grants.ALL, beyond);
    }

    private static String hash(String secret) {
        return Bytes.ofUtf8(secret).digest().encoded();
    }
}
