package dev.chandlery.oci;

/** What a repository resolves to a descriptor: a tag, or a digest. */
public sealed interface Identifier permits Tag, Digest {}
