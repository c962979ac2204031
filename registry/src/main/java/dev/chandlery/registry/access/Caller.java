package dev.chandlery.registry.access;

import dev.chandlery.registry.metadata.NameRange;
import java.util.List;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name as it is recorded: a user's name, {@code token:} and a token's name, or {@code anonymous}
 * @param tokenId of the long-lived token that the credentials are or were made from, empty for others
 * @param groups of the user
 * @param rights what that one may do, as the rules say now
 * @param carried what the credentials that were sent are good for; less than the rights when a short-lived
 *     token was asked for a few scopes only
 * @param beyond what it may do besides repositories
 */
public record Caller(String name, String tokenId, Set<String> groups, Grants rights,
        Grants carried, Set<Privilege> beyond) {
    /** Name of those who said nothing about themselves. */
    public static final String ANONYMOUS = "anonymous";
    /** Begins the names of callers who are long-lived tokens; no user's name holds a colon. */
    public static final String TOKEN_PREFIX = "token:";

    /** What is not about one repository. */
    public enum Privilege {
        /** To learn that the registry takes these credentials: {@code /v2/}. */
        ENTER,
        /** To list repositories, those that may be pulled from. */
        CATALOG,
        /** To read metrics, which tell of all repositories together. */
        METRICS
    }

    public Caller {
        groups = Set.copyOf(groups);
        beyond = Set.copyOf(beyond);
    }

    /** Nobody in particular, with those rights. */
    public static Caller anonymous(Grants rights) {
        return new Caller(ANONYMOUS, "", Set.of(), rights, Grants.ALL, Set.of());
    }

    /**
     * Whose share of what all share it uses: its own, or its address's for those who are nobody in particular.
     *
     * @param address numeric
     */
    public String account(String address) {
        return isAnonymous() ? LoginThrottle.place(address) : name;
    }

    /**
     * Where all repositories are that it may pull from with these credentials, and others too if need be; all that
     * others have elsewhere is out of it where rules and scopes say how names begin.
     */
    public List<NameRange> reach() {
        List<NameRange> sent = carried.reach(Action.PULL);
        return NameRange.merged(sent.contains(NameRange.ALL) ? rights.reach(Action.PULL) : sent);
    }

    public boolean isAnonymous() {
        return name.equals(ANONYMOUS);
    }
}
