/**
 * A running registry: {@link dev.chandlery.registry.server.RegistryServer} puts storage, metadata,
 * endpoints and HTTP together; {@link dev.chandlery.registry.server.StorageLock} and
 * {@link dev.chandlery.registry.server.Announcement} tell processes of one machine who serves a folder.
 */
@NullMarked
package dev.chandlery.registry.server;

import org.jspecify.annotations.NullMarked;
