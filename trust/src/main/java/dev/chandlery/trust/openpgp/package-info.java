/**
 * Detached OpenPGP signatures by pinned keys, judged at the time they were made.
 */
@NullMarked
package dev.chandlery.trust.openpgp;

import org.jspecify.annotations.NullMarked;
