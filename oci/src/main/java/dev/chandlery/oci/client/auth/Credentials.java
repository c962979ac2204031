package dev.chandlery.oci.client.auth;

/** What a user proves an identity with; secrets are never part of {@code toString}. */
public sealed interface Credentials {

    /** No identity. */
    record Anonymous() implements Credentials {}

    /** User name and password, or a token in the place of one. */
    record Password(String user, String password) implements Credentials {
        @Override
        public String toString() {
            return "password of " + user;
        }
    }

    /** An OAuth 2 refresh token, which is exchanged for access tokens. */
    record IdentityToken(String value) implements Credentials {
        @Override
        public String toString() {
            return "identity token";
        }
    }

    /** A ready bearer token of the registry, used as it is. */
    record RegistryToken(String value) implements Credentials {
        @Override
        public String toString() {
            return "registry token";
        }
    }

    /** No identity. */
    static Credentials anonymous() {
        return new Anonymous();
    }
}
