package dev.chandlery.bench.copy.stock;

import dev.chandlery.bench.copy.stock.Item.Blob;
import dev.chandlery.bench.copy.stock.Item.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The three loads. */
public final class Stocks {
    private static final int TOOLS = 40;
    private static final int VERSIONS = 5;
    /** Versions in a row that share the layer which changes seldom. */
    private static final int VERSIONS_SHARING = 2;
    private static final List<String> PLATFORMS = List.of("amd64", "arm64", "arm", "riscv64",
            "s390x");
    private static final int BASE_BYTES = 512 << 10;
    private static final int VERSION_BYTES = 128 << 10;
    private static final int TINY = 2000;
    private static final int TINY_REPOSITORIES = 50;
    private static final int TINY_BYTES = 600;
    private static final int BIG = 4;
    private static final long BIG_BYTES = 512L << 20;

    private Stocks() {}

    /** All loads, that part of their whole size. */
    public static List<Stock> of(double scale) {
        return List.of(tools(scale), tiny(scale), big(scale));
    }

    private static Stock tools(double scale) {
        int count = Math.max(1, (int) Math.round(TOOLS * scale));
        List<Document> roots = new ArrayList<>();
        for (int tool = 0; tool < count; tool++) {
            for (int version = 1; version <= VERSIONS; version++) {
                Document index = tool(tool, version, "");
                roots.add(index);
                roots.add(Shapes.referrer(index));
            }
        }
        return new Stock("tools", count + " tools of " + VERSIONS + " tags, each an index of "
                + PLATFORMS.size() + " platforms with a referrer, layers shared", "tools", roots,
                n -> tool(0, 1, "changed " + n));
    }

    private static Document tool(int tool, int version, String changed) {
        String repository = name("tools/t", tool);
        List<Document> images = new ArrayList<>();
        List<String> members = new ArrayList<>();
        for (String platform : PLATFORMS) {
            String about = repository + " " + platform;
            boolean other = !changed.isEmpty() && platform.equals(PLATFORMS.getFirst());
            Blob base = Shapes.layer(repository, about, BASE_BYTES);
            Blob layer = Shapes.layer(repository, other
                    ? about + changed
                    : about + (version / VERSIONS_SHARING), VERSION_BYTES);
            images.add(Shapes.image(repository, platform, version + (other ? changed : ""), List
                    .of(base, layer)));
            members.add(",\"platform\":{\"architecture\":\"" + platform
                    + "\",\"os\":\"linux\"}");
        }
        return Shapes.index(repository, images, members).tagged("v" + version);
    }

    private static Stock tiny(double scale) {
        int each = Math.max(1, (int) Math.round(TINY * scale / TINY_REPOSITORIES));
        List<Document> roots = new ArrayList<>();
        for (int repository = 0; repository < TINY_REPOSITORIES; repository++) {
            for (int artifact = 0; artifact < each; artifact++) {
                roots.add(tiny(repository, artifact, ""));
            }
        }
        return new Stock("tiny", roots.size() + " artifacts of a small layer in "
                + TINY_REPOSITORIES + " repositories", "tiny", roots, n -> tiny(0, 0, "changed "
                        + n));
    }

    private static Document tiny(int number, int artifact, String changed) {
        String repository = name("tiny/r", number);
        Blob layer = Shapes.layer(repository, repository + " " + artifact + changed, TINY_BYTES);
        return Shapes.artifact(repository, "application/vnd.example.tiny.v1", layer, "")
                .tagged("a" + artifact);
    }

    private static Stock big(double scale) {
        long bytes = Math.max(1, Math.round(BIG_BYTES * scale));
        List<Document> roots = new ArrayList<>();
        for (int image = 0; image < BIG; image++) {
            roots.add(big(image, Shapes.layer(name("big/b", image), "big " + image, bytes)));
        }
        return new Stock("big", BIG + " images of a layer of " + (bytes >> 20) + " MiB", "big",
                roots, n -> big(0, Shapes.layer(name("big/b", 0), "changed " + n, bytes)));
    }

    private static Document big(int image, Blob layer) {
        return Shapes.image(name("big/b", image), "amd64", "1", List.of(layer)).tagged("v1");
    }

    private static String name(String prefix, int number) {
        return prefix + String.format(Locale.ROOT, "%02d", number);
    }
}
