package dev.chandlery.oci;

/** What a repository resolves to a descriptor: a tag, or a digest. */
public sealed interface Identifier permits Tag, Digest {

    /** A digest when the text holds a colon, else a tag. */
    static Identifier parse(String text) {
        return text.indexOf(':') >= 0 ? Digest.parse(text) : new Tag(text);
    }
}
