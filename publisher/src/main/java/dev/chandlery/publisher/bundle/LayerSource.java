package dev.chandlery.publisher.bundle;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.client.RemoteRepository;

/**
 * A layer of a bundle and where it is.
 *
 * @param layer as the bundle's manifest names it
 * @param diffId digest of its tar
 * @param origin what it is of, such as {@code protoc@31.1}, or the base image
 * @param ofBase whether it is of the base image
 * @param repository that has its blob
 * @param mountable whether that repository is in the registry that the bundle goes to
 */
record LayerSource(Descriptor layer, Digest diffId, String origin, boolean ofBase,
        RemoteRepository repository, boolean mountable) {}
