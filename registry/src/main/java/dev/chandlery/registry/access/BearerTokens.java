package dev.chandlery.registry.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.chandlery.oci.StorageException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Short-lived tokens: JWTs signed with ES256 by a key of {@link SigningKeys}. Keys that a token brings along
 * ({@code jwk}, {@code x5c}, {@code jku}) are never looked at, nor any other algorithm. Thread-safe.
 *
 * <p><b>Spec:</b> distribution's token authentication; RFC 7519; RFC 8725, sections 3.1 to 3.10.
 */
final class BearerTokens {
    /** How long one is good. */
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final String ISSUER = "chandlery-registry";
    private static final String ACCESS = "access";
    private static final String GROUPS = "groups";
    private static final String TOKEN_ID = "token_id";
    /** Nodes' clocks may differ by so much. */
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final int MAX_CHARACTERS = 16 * 1024;
    private static final int MAX_REMEMBERED = 10_000;

    /**
     * What a good token says.
     *
     * @param subject name of the caller
     * @param groups that the user was in
     * @param tokenId id of the long-lived token that it was made for, empty for users
     * @param access what it was asked for and what of that was granted
     * @param expires when it stops to be good
     */
    record Content(String subject, List<String> groups, String tokenId, List<Scope> access,
            Instant expires) {}

    private final SigningKeys keys;
    private final String audience;
    private final Clock clock;
    // Verifying costs a hundred times what the rest of a small request does.
    private final Cache<String, Content> verified = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(LIFETIME)
            .build();

    BearerTokens(SigningKeys keys, String audience, Clock clock) {
        this.keys = keys;
        this.audience = audience;
        this.clock = clock;
    }

    /** A new token that says so. */
    String issue(Content content, Instant now) {
        ECKey key = keys.current();
        JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(ISSUER)
                .subject(content.subject())
                .audience(audience)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now.minus(SKEW)))
                .expirationTime(Date.from(content.expires()))
                .jwtID(UUID.randomUUID().toString())
                .claim(GROUPS, content.groups())
                .claim(TOKEN_ID, content.tokenId())
                .claim(ACCESS, content.access().stream().map(Scope::toClaim).toList())
                .build();
        try {
            SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key
                    .getKeyID()).build(), claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new StorageException("cannot sign token: " + e.getMessage(), e);
        }
    }

    /** What the token says; empty when it is not good, for whatever reason. */
    Optional<Content> verify(String token) {
        if (token.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        Content known = verified.getIfPresent(token);
        if (known == null) {
            Optional<Content> read = read(token);
            read.ifPresent(content -> verified.put(token, content));
            return read;
        }
        return known.expires().plus(SKEW).isAfter(clock.instant())
                ? Optional.of(known)
                : Optional.empty();
    }

    private Optional<Content> read(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWSHeader header = jwt.getHeader();
            String id = header.getKeyID();
            if (!JWSAlgorithm.ES256.equals(header.getAlgorithm()) || id == null
                    || header.getCriticalParams() != null) {
                return Optional.empty();
            }
            Optional<ECKey> key = keys.find(id);
            return key.isPresent() && jwt.verify(new ECDSAVerifier(key.get()))
                    ? content(jwt.getJWTClaimsSet())
                    : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException _) {
            return Optional.empty(); // what is wrong with it is of use to forgers only
        }
    }

    private Optional<Content> content(JWTClaimsSet claims) throws ParseException {
        Date expires = claims.getExpirationTime();
        Date notBefore = claims.getNotBeforeTime();
        String subject = claims.getSubject();
        Instant now = clock.instant();
        if (!ISSUER.equals(claims.getIssuer()) || !claims.getAudience().equals(List.of(audience))
                || subject == null || expires == null || notBefore == null
                || !expires.toInstant().plus(SKEW).isAfter(now)
                || notBefore.toInstant().minus(SKEW).isAfter(now)) {
            return Optional.empty();
        }
        String tokenId = claims.getStringClaim(TOKEN_ID);
        List<String> groups = claims.getStringListClaim(GROUPS);
        List<Scope> access = claims.getListClaim(ACCESS) == null
                ? List.of()
                : claims.getListClaim(ACCESS)
                        .stream()
                        .map(entry -> Scope.ofClaim((Map<?, ?>) entry))
                        .toList();
        return Optional.of(new Content(subject, groups == null ? List.of() : groups, tokenId == null
                ? ""
                : tokenId, access, expires.toInstant()));
    }
}
