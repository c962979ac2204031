package dev.chandlery.trust.key;

/** What an encrypted private key is opened with. Never shown. */
public final class Password {
    private static final Password NONE = new Password("");

    private final String text;

    private Password(String text) {
        this.text = text;
    }

    /** For keys that are not encrypted, or with the empty password. */
    public static Password none() {
        return NONE;
    }

    public static Password of(String text) {
        return new Password(text);
    }

    /** The secret itself. */
    String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "(password)";
    }
}
