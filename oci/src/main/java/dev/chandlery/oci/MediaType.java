package dev.chandlery.oci;

import java.util.regex.Pattern;

/**
 * A media type without parameters; also the type of artifacts.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, OCI Image Media Types; RFC 6838 section 4.2.
 */
public record MediaType(String value) implements Comparable<MediaType> {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}";
    private static final Pattern GRAMMAR = Pattern.compile(NAME + "/" + NAME);

    public static final MediaType IMAGE_MANIFEST = new MediaType(
            "application/vnd.oci.image.manifest.v1+json");
    public static final MediaType IMAGE_INDEX = new MediaType(
            "application/vnd.oci.image.index.v1+json");
    public static final MediaType IMAGE_CONFIG = new MediaType(
            "application/vnd.oci.image.config.v1+json");
    public static final MediaType IMAGE_LAYER_TAR = new MediaType(
            "application/vnd.oci.image.layer.v1.tar");
    public static final MediaType IMAGE_LAYER_TAR_GZIP = new MediaType(
            "application/vnd.oci.image.layer.v1.tar+gzip");
    public static final MediaType IMAGE_LAYER_TAR_ZSTD = new MediaType(
            "application/vnd.oci.image.layer.v1.tar+zstd");
    public static final MediaType EMPTY = new MediaType("application/vnd.oci.empty.v1+json");
    public static final MediaType DOCKER_MANIFEST = new MediaType(
            "application/vnd.docker.distribution.manifest.v2+json");
    public static final MediaType DOCKER_MANIFEST_LIST = new MediaType(
            "application/vnd.docker.distribution.manifest.list.v2+json");
    public static final MediaType OCTET_STREAM = new MediaType("application/octet-stream");

    public MediaType {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new InvalidReferenceException("media type", value, "expected type/subtype");
        }
    }

    /** Reads a {@code Content-Type} header: parameters are dropped. */
    public static MediaType ofHeader(String header) {
        int semicolon = header.indexOf(';');
        return new MediaType((semicolon < 0 ? header : header.substring(0, semicolon)).strip());
    }

    /** Whether it is an image manifest, of OCI or of Docker's schema 2. */
    public boolean isImageManifest() {
        return equals(IMAGE_MANIFEST) || equals(DOCKER_MANIFEST);
    }

    /** Whether it is an index, of OCI or Docker's manifest list. */
    public boolean isIndex() {
        return equals(IMAGE_INDEX) || equals(DOCKER_MANIFEST_LIST);
    }

    /** Whether it is the config of a container image, in OCI's or Docker's type. */
    public boolean isImageConfig() {
        return equals(IMAGE_CONFIG) || value.equals(
                "application/vnd.docker.container.image.v1+json");
    }

    /** Whether content of this type is served at the manifests endpoint. */
    public boolean isManifest() {
        return isImageManifest() || isIndex();
    }

    @Override
    public int compareTo(MediaType other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
