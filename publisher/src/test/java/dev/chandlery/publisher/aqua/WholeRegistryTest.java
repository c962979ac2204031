package dev.chandlery.publisher.aqua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chandlery.oci.OciException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Imports a whole checkout of the aqua registry, which the variable {@code AQUA_REGISTRY} names. */
class WholeRegistryTest {

    @Test
    @SuppressWarnings("SystemOut") // figures for who asked for them
    void nearlyAllPackagesOfReleasesHaveEntries() {
        String root = System.getenv("AQUA_REGISTRY");
        assumeTrue(root != null, "AQUA_REGISTRY does not name a checkout");
        Checkout checkout = Checkout.open(Path.of(root), Optional.empty());
        AquaImporter importer = new AquaImporter(checkout);
        Map<String, Integer> reasons = new TreeMap<>();
        int releases = 0;
        int entries = 0;
        int whole = 0;
        for (String name : checkout.names()) {
            Checkout.Found found = checkout.find(name);
            boolean released = found.fields().text("type").orElse("").equals("github_release");
            releases += released ? 1 : 0;
            try {
                switch (importer.importPackage(name, Optional.empty(), Optional.empty())) {
                    case Imported.Entry entry -> {
                        entries++;
                        whole += entry.whole() ? 1 : 0;
                        entry.findings()
                                .stream()
                                .filter(Finding::lost)
                                .forEach(f -> reasons.merge("lost: " + reason(f), 1, Integer::sum));
                    }
                    case Imported.LeftOut left -> {
                        left.findings()
                                .forEach(f -> reasons.merge("left out: " + reason(f), 1,
                                        Integer::sum));
                        if (released) {
                            System.out.println("LEFT " + left.findings());
                        }
                    }
                }
            } catch (OciException e) {
                reasons.merge("failed: " + e.getMessage(), 1, Integer::sum);
            }
        }
        System.out.println(releases + " of releases, " + entries + " entries, " + whole
                + " of them whole");
        reasons.entrySet()
                .stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(e -> System.out.println(e.getValue() + "  " + e.getKey()));

        assertThat(entries).isGreaterThan(releases * 9 / 10);
    }

    private static String reason(Finding finding) {
        String text = finding.what() + ": " + finding.why();
        String general = text.replaceAll("\"[^\"]*\"", "\"..\"").replaceAll("[0-9]+", "N");
        return general.substring(0, Math.min(100, general.length()));
    }
}
