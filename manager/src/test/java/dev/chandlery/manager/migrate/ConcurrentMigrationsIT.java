package dev.chandlery.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.manager.ManagerProgram;
import dev.chandlery.manager.transfer.Shelf;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Tag;
import dev.chandlery.testkit.DistributionRegistry;
import dev.chandlery.testkit.RegistryOptions;
import dev.chandlery.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several programs copy different evidence on the same images into one registry, which keeps lists of referrers
 * under tags: each of them rewrites the same lists.
 */
class ConcurrentMigrationsIT {
    private static final int WRITERS = 4;
    private static final int IMAGES = 6;
    private static final String PATH = "tools/hello";

    @TempDir
    private Path folder;
    @AutoClose
    private final DistributionRegistry source = DistributionRegistry.start(RegistryOptions.OPEN);
    @AutoClose
    private final DistributionRegistry target = DistributionRegistry.start(RegistryOptions.OPEN);

    @BeforeEach
    void fill() throws IOException {
        new Shelf(folder).configure("primary_registry: {url: 'http://" + source.registry() + "'}");
        for (int i = 0; i < WRITERS; i++) {
            String writer = "w" + i;
            Shelf.ask(source.registry(), writer + "/" + PATH, repository -> {
                Samples.pushEmpty(repository);
                for (int image = 0; image < IMAGES; image++) {
                    Descriptor layer = Samples.pushText(repository, "image " + image);
                    ManifestDocument document = Samples.image(Descriptor.EMPTY, layer);
                    Shelf.tag(repository, document, "v" + image);
                    Samples.push(repository, evidence(document, writer));
                }
                return true;
            });
        }
    }

    private static ManifestDocument evidence(ManifestDocument image, String writer) {
        return Samples.attached(Samples.plain(image.descriptor()), Samples.ARTIFACT, Map.of("by",
                writer));
    }

    @Test
    void listsHaveWhatAllOfThemAttached() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            processes.add(migrate(i));
        }
        for (int i = 0; i < WRITERS; i++) {
            assertThat(processes.get(i).waitFor()).as(Files.readString(log(i))).isZero();
        }

        Shelf.ask(target.registry(), PATH, repository -> {
            for (int i = 0; i < IMAGES; i++) {
                ManifestDocument image = repository.findManifest(new Tag("v" + i)).orElseThrow();
                List<Digest> expected = Stream.of("w0", "w1", "w2", "w3")
                        .map(writer -> evidence(image, writer).descriptor().digest())
                        .toList();
                try (Stream<Descriptor> attached = repository.referrerLister()
                        .orElseThrow()
                        .referrers(image.descriptor().digest())) {
                    assertThat(attached.map(Descriptor::digest)).as("image " + i)
                            .containsExactlyInAnyOrderElementsOf(expected);
                }
            }
            return true;
        });
    }

    private Process migrate(int writer) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-XX:TieredStopAtLevel=1", "-cp", System.getProperty(
                        "java.class.path"), ManagerProgram.class.getName(), "--config", folder
                                .resolve("registry.yaml")
                                .toString(), "migrate", "--from", "http://" + source.registry()
                                        + "/w" + writer, "--to", "http://" + target.registry(),
                "--include", PATH).redirectErrorStream(true)
                .redirectOutput(log(writer).toFile())
                .start();
    }

    private Path log(int writer) {
        return folder.resolve("manager" + writer + ".log");
    }
}
