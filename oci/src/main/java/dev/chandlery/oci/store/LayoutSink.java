package dev.chandlery.oci.store;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Source;

/** Where a layout is written to. Calls for the same digest do not come at the same time. */
interface LayoutSink extends LayoutContent, AutoCloseable {

    /** What is there at the start. */
    LayoutDraft draft();

    /**
     * Stores content of any size, in the memory of one buffer.
     *
     * @param store that it is for, in messages
     */
    void write(Descriptor expected, Content content, Source store);

    /** Stores bytes that were compared with their digest before. */
    void write(Digest digest, Bytes bytes);

    /** Makes the layout say what the draft says, whole and lasting; nothing is written after that. */
    void finish(LayoutDraft draft, EarlierLayout base);

    /** Frees what is held; what was not finished is kept for another attempt, out of sight. */
    @Override
    void close();
}
