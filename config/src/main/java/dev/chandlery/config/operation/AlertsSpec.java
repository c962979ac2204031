package dev.chandlery.config.operation;

import dev.chandlery.config.value.SecretReference;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who is told when something breaks, and when it is well again.
 *
 * @param mostPerHour messages that one channel gets; what is more waits for the next hour
 * @param channels by name
 */
public record AlertsSpec(int mostPerHour, SortedMap<String, Channel> channels) {

    public AlertsSpec {
        channels = Collections.unmodifiableSortedMap(new TreeMap<>(channels));
    }

    /** One way to tell somebody. */
    public sealed interface Channel {}

    /** How the body of a webhook's request looks. */
    public enum Form {
        JSON,
        SLACK,
        TEAMS
    }

    /**
     * A request to an address.
     *
     * @param url that is asked, itself a secret with many services
     * @param form of the body
     * @param token for {@code Authorization: Bearer}; empty: none
     */
    public record Webhook(Address url, Form form, Optional<SecretReference> token)
            implements
            Channel {}

    /** An address, or where it is kept. */
    public sealed interface Address {

        /** An address that is no secret. */
        record Plain(URI uri) implements Address {}

        /** An address that is. */
        record Secret(SecretReference reference) implements Address {}
    }

    /**
     * A mail.
     *
     * @param server that takes it
     * @param from sender's address
     * @param to at least one address
     */
    public record Mail(MailServer server, String from, List<String> to) implements Channel {
        public Mail {
            to = List.copyOf(to);
        }
    }

    /** How a connection to a mail server is kept private. */
    public enum Security {
        /** TLS from the start. */
        TLS,
        /** TLS after {@code STARTTLS}, or nothing is sent. */
        STARTTLS,
        /** None: for a server on this machine. */
        NONE
    }

    /**
     * A mail server.
     *
     * @param host its name
     * @param port 1 to 65535
     * @param security of the connection
     * @param username empty: no login
     * @param password of the user
     */
    public record MailServer(String host, int port, Security security, Optional<String> username,
            Optional<SecretReference> password) {}

    /**
     * An issue of a repository on GitHub: opened, commented, and closed when all is well again.
     *
     * @param repository {@code owner/name}
     * @param token that may write issues
     * @param labels of new issues
     * @param api address of the API
     */
    public record GithubIssue(String repository, SecretReference token, List<String> labels,
            URI api) implements Channel {
        public GithubIssue {
            labels = List.copyOf(labels);
        }
    }
}
