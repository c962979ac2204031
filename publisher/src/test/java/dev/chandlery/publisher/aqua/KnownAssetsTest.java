package dev.chandlery.publisher.aqua;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.OciException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Compares what definitions come to with 331 names of files that real releases had. */
class KnownAssetsTest {

    /** Files of a release by {@code owner/repository} and tag. */
    private static SortedMap<String, SortedMap<String, SortedSet<String>>> known()
            throws IOException {
        SortedMap<String, SortedMap<String, SortedSet<String>>> known = new TreeMap<>();
        try (InputStream in = KnownAssetsTest.class.getResourceAsStream(
                "/aqua/known-assets.json")) {
            JsonNode ids = JsonMapper.builder().build().readTree(Objects.requireNonNull(in));
            ids.fieldNames().forEachRemaining(id -> {
                String[] parts = id.split("/");
                String tag = String.join("/", List.of(parts).subList(4, parts.length - 1));
                known.computeIfAbsent(parts[2] + "/" + parts[3], _ -> new TreeMap<>())
                        .computeIfAbsent(tag, _ -> new TreeSet<>())
                        .add(parts[parts.length - 1]);
            });
        }
        return known;
    }

    static Checkout definitions() throws URISyntaxException {
        return Checkout.open(Path.of(Objects.requireNonNull(KnownAssetsTest.class.getResource(
                "/aqua/definitions.yaml")).toURI()), Optional.empty());
    }

    /** All names that the packages of a project come to, as our own templates say. */
    static SortedSet<String> names(Checkout checkout, String project, String tag) {
        SortedSet<String> names = new TreeSet<>();
        for (String name : checkout.names()) {
            if (name.equals(project) || name.startsWith(project + "/")) {
                names.addAll(namesOf(checkout, name, tag));
            }
        }
        return names;
    }

    private static List<String> namesOf(Checkout checkout, String name, String tag) {
        List<String> names = new ArrayList<>();
        try {
            Definition definition = Definition.at(checkout.find(name).fields(), tag);
            ReleaseTag parsed = ReleaseTag.parse(tag, definition.versionPrefix());
            List<ForPlatform> platforms = Definition.PLATFORMS.stream()
                    .filter(definition::supports)
                    .map(definition::on)
                    .filter(each -> each.asset(each.real()).isPresent())
                    .toList();
            if (!platforms.isEmpty()) {
                AssetNames folded = AssetNames.fold(platforms, parsed);
                platforms.forEach(each -> names.add(folded.expand(each.platform(), parsed)));
            }
        } catch (UnsupportedExpressionException | OciException _) {
            return List.of(); // another package of the same project, whose tags differ
        }
        return names;
    }

    @Test
    void definitionsComeToTheNamesOfRealFiles() throws Exception {
        Checkout checkout = definitions();
        List<String> missed = new ArrayList<>();
        int matched = 0;
        for (var project : known().entrySet()) {
            for (var release : project.getValue().entrySet()) {
                SortedSet<String> made = names(checkout, project.getKey(), release.getKey());
                for (String asset : release.getValue()) {
                    if (made.contains(asset)) {
                        matched++;
                    } else {
                        missed.add(project.getKey() + " " + release.getKey() + " " + asset);
                    }
                }
            }
        }

        assertThat(missed).isEmpty();
        assertThat(matched).isEqualTo(331);
    }
}
