package dev.chandlery.oci.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutEntryTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            // name, containerd's name, repository, tag
            "v1, , -, v1",
            "'', , -, -",
            "tools/protoc:v1, , tools/protoc, v1",
            "tools/protoc, , tools/protoc, latest",
            "docker.io/library/alpine:3, , docker.io/library/alpine, 3",
            "localhost:5000/a/b:v1, , a/b, v1",
            "registry.example:5000/a/b, , a/b, latest",
            "3, docker.io/library/alpine:3, docker.io/library/alpine, 3",
            "a/b@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, , a/b, -",
            "Not A Name!, , -, -",
            "Upper/Case:v1, , -, -",
            "a/b:, , -, -"})
    void namesOfAllKinds(String name, String containerd, String repository, String tag) {
        Map<String, String> annotations = containerd == null
                ? Map.of(Annotations.REF_NAME, name)
                : Map.of(Annotations.REF_NAME, name, "io.containerd.image.name", containerd);
        LayoutEntry entry = LayoutEntry.of(Descriptor.EMPTY.withAnnotations(Annotations.sorted(
                annotations)));
        assertThat(entry.name()).isIn(name, containerd);
        assertThat(entry.repository() == null ? null : entry.repository().value()).isEqualTo(
                repository);
        assertThat(entry.tag() == null ? null : entry.tag().value()).isEqualTo(tag);
    }
}
