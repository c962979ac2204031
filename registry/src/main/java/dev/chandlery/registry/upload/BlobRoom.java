package dev.chandlery.registry.upload;

import java.util.OptionalLong;

/** How large a blob may become; asked again while it comes, as others come meanwhile. */
@FunctionalInterface
public interface BlobRoom {
    /** Any size. */
    BlobRoom ANY = _ -> OptionalLong.empty();

    /**
     * How many bytes the whole blob may have.
     *
     * @param staged how many of them are counted already as being on their way
     * @return empty for any number
     */
    OptionalLong bytes(long staged);
}
