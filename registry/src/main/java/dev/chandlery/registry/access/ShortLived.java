package dev.chandlery.registry.access;

import dev.chandlery.registry.metadata.SigningKeyRecords;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Short-lived tokens, made for a caller and taken from one. A token says who it was made for and for what;
 * what that one may do is asked of the rules again at every use, so that whatever is taken away is gone at
 * once. Thread-safe.
 */
public final class ShortLived {
    /** Name of this service in challenges and tokens. */
    public static final String SERVICE = "chandlery-registry";

    private final BearerTokens tokens;
    private final Logins logins;
    private final AccessTokens longLived;
    private final AccessRules rules;
    private final Clock clock;

    public ShortLived(SigningKeyRecords keys, Logins logins, AccessTokens longLived,
            AccessRules rules, Clock clock) {
        this.tokens = new BearerTokens(new SigningKeys(keys, clock), SERVICE, clock);
        this.logins = logins;
        this.longLived = longLived;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * A new token.
     *
     * @param text what to send as {@code Authorization: Bearer}
     * @param issued when it was made
     * @param scopes what it is good for, as texts
     */
    public record Issued(String text, Instant issued, List<String> scopes) {
        /** Seconds that it is good for. */
        public long seconds() {
            return BearerTokens.LIFETIME.toSeconds();
        }

        @Override
        public String toString() {
            return "a token of " + issued;
        }
    }

    /**
     * A token for whoever sends these credentials, or for those who send none if the rules allow them
     * anything.
     *
     * @param credentials a name with a password, or a long-lived token alone; no short-lived one, which would
     *     be good for ever then
     * @return empty when the credentials are wrong or missing
     * @throws dev.chandlery.registry.refusal.RefusedException 429 after too many wrong ones from there
     */
    public Optional<Issued> issue(Optional<Credentials> credentials, String address,
            List<String> scopes) {
        if (credentials.isEmpty()) {
            return rules.admitAnonymous()
                    ? Optional.of(issue(anonymous(), scopes))
                    : Optional.empty();
        }
        Optional<Caller> caller = switch (credentials.get()) {
            case Credentials.Basic basic -> logins.caller(basic, address);
            case Credentials.Bearer(var text) -> logins.callerOfToken(text);
        };
        return caller.map(found -> issue(found, scopes));
    }

    /** Makes a token for what of these scopes the caller may do; it may be good for nothing at all. */
    private Issued issue(Caller caller, List<String> scopes) {
        List<Scope> granted = new ArrayList<>();
        for (String text : scopes) {
            Scope.find(text).flatMap(scope -> within(scope, caller)).ifPresent(granted::add);
        }
        Instant now = clock.instant();
        return new Issued(tokens.issue(new BearerTokens.Content(caller.name(), caller.groups()
                .stream()
                .sorted()
                .toList(), caller.tokenId(), granted, now.plus(BearerTokens.LIFETIME)), now), now,
                granted.stream().map(Scope::toString).toList());
    }

    private static Optional<Scope> within(Scope scope, Caller caller) {
        return scope.equals(Scope.CATALOG) ? Optional.of(scope) : scope.within(caller.rights());
    }

    /** The caller of a token, with what that one may do now; empty when it is not good. */
    Optional<Caller> caller(String token) {
        return tokens.verify(token).flatMap(content -> owner(content).map(owner -> {
            Set<Caller.Privilege> beyond = new HashSet<>(owner.beyond());
            beyond.add(Caller.Privilege.ENTER);
            if (content.access().contains(Scope.CATALOG)) {
                beyond.add(Caller.Privilege.CATALOG); // nobody's list has only what is for all
            } else {
                beyond.remove(Caller.Privilege.CATALOG);
            }
            return new Caller(owner.name(), owner.tokenId(), owner.groups(), owner.rights(), Scope
                    .grants(content
                            .access()), beyond);
        }));
    }

    private Caller anonymous() {
        return Caller.anonymous(rules.of(Caller.ANONYMOUS, Set.of()));
    }

    private Optional<Caller> owner(BearerTokens.Content content) {
        if (!content.tokenId().isEmpty()) {
            return longLived.callerOfId(content.tokenId());
        }
        return content.subject().equals(Caller.ANONYMOUS)
                ? Optional.of(anonymous())
                : logins.userAgain(content.subject(), Set.copyOf(content.groups()));
    }
}
