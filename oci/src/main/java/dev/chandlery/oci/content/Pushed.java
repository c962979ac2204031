package dev.chandlery.oci.content;

/** How content came to be in a store. */
public enum Pushed {
    /** Its bytes were sent. */
    SENT,
    /** It was taken over from another repository of the same registry. */
    MOUNTED,
    /** It was there before. */
    PRESENT
}
