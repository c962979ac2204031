package dev.chandlery.config.catalogue;

import dev.chandlery.config.proof.KeySpec;
import dev.chandlery.config.proof.OpenPgpSpec;
import dev.chandlery.config.proof.ProofSpec;
import dev.chandlery.config.proof.SignedFileSpec;
import dev.chandlery.config.source.AssetTemplate;
import dev.chandlery.config.source.MavenSourceSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Keys of well-known projects that release on Maven repositories. */
public final class KnownKeys {
    private static final AssetTemplate SIGNATURE = new AssetTemplate("{asset}.asc");

    /** A project's coordinates, its key's fingerprint, and the resource with the key. */
    private record Known(String groupId, String artifactId, String fingerprint, String resource) {
        boolean fits(MavenSourceSpec source) {
            return source.groupId().equals(groupId) && source.artifactId().equals(artifactId);
        }
    }

    /** The same key in three unrelated public projects' keyrings, and every file since 2023 is signed by it. */
    private static final Known PROTOC = new Known("com.google.protobuf", "protoc",
            "1A55F091AD28C07F831FA44D7905DE25C78AD456", "protobuf-release.asc");

    private KnownKeys() {}

    public static List<ProofSpec> ofMaven(MavenSourceSpec source) {
        if (!PROTOC.fits(source)) {
            return List.of();
        }
        return List.of(new OpenPgpSpec(List.of(PROTOC.fingerprint()), new KeySpec(Optional.of(text(
                PROTOC.resource())), List.of()), new SignedFileSpec(SIGNATURE,
                        SignedFileSpec.Over.ASSET)));
    }

    private static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(KnownKeys.class.getResourceAsStream(
                resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
