package dev.chandlery.manager.command;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.json.ImageConfig;
import dev.chandlery.oci.json.ManifestWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Puts versions of a tool into the embedded registry as the publisher does. */
final class Published {

    private Published() {}

    static void publish(Path folder, String version, String... platforms) throws IOException {
        try (var handle = EmbeddedRegistry.load().open(folder.resolve("registry"));
                HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT)) {
            RemoteRepository repository = new RemoteRegistry(handle.registry(), transport,
                    CredentialProvider.anonymous(), ClientOptions.DEFAULT.withPlainHttp(true))
                    .repository(new RepositoryName("test/tools/hello"));
            List<Descriptor> manifests = new ArrayList<>();
            for (String platform : platforms) {
                PlatformName name = PlatformName.parse(platform);
                Descriptor manifest = image(repository, version, name);
                repository.tag(manifest, new Tag("v" + version + "-" + platform));
                manifests.add(manifest.withPlatform(name.platform()));
            }
            ManifestDocument index = ManifestWriter.write(new ImageIndex(MediaType.IMAGE_INDEX,
                    null, manifests, null, Annotations.none()));
            repository.push(index.descriptor(), Content.of(index.raw()));
            repository.tag(index.descriptor(), new Tag("v" + version));
        }
    }

    private static Descriptor image(RemoteRepository repository, String version,
            PlatformName platform) throws IOException {
        Bytes layer = tar("hello " + version + " " + platform);
        Bytes config = new ImageConfig(platform.platform(), null, List.of("/bin/hello"), List.of(),
                List.of(layer.digest())).write();
        Descriptor blob = push(repository, MediaType.IMAGE_LAYER_TAR, layer);
        ManifestDocument manifest = ManifestWriter.write(new ImageManifest(MediaType.IMAGE_MANIFEST,
                null, push(repository, MediaType.IMAGE_CONFIG, config), List.of(blob), null,
                new TreeMap<>(Map.of(Annotations.UPSTREAM_SIZE, "1000000", Annotations.CREATED,
                        "2026-01-05T10:00:00Z"))));
        repository.push(manifest.descriptor(), Content.of(manifest.raw()));
        return Descriptor.of(MediaType.IMAGE_MANIFEST, manifest.raw());
    }

    private static Descriptor push(RemoteRepository repository, MediaType type, Bytes bytes) {
        Descriptor blob = Descriptor.of(type, bytes);
        repository.push(blob, Content.of(bytes));
        return blob;
    }

    private static Bytes tar(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            TarArchiveEntry entry = new TarArchiveEntry("bin/hello");
            entry.setSize(data.length);
            entry.setMode(0755);
            tar.putArchiveEntry(entry);
            tar.write(data);
            tar.closeArchiveEntry();
        }
        return Bytes.of(bytes.toByteArray());
    }
}
