/**
 * Where others have a say in what is written: quotas, scans, records elsewhere.
 * {@link dev.chandlery.registry.hook.RegistryHook} is what they implement.
 */
@NullMarked
package dev.chandlery.registry.hook;

import org.jspecify.annotations.NullMarked;
