package dev.chandlery.oci.copy;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Platform;
import dev.chandlery.oci.Tag;
import java.util.List;

/** A copier between two repositories in memory that write down what they are asked for. */
abstract class CopyFixture {
    static final Tag V1 = new Tag("v1");

    final WatchedStore source = new WatchedStore("source.example", "tools/a");
    final WatchedStore target = new WatchedStore("target.example", "tools/a");
    final CopyTotals totals = new CopyTotals();

    final CopyOutcome copy() {
        return copier().copyAll(List.of(CopyRequest.of(source, V1, target))).getFirst();
    }

    final Copier copier() {
        return new Copier(CopyOptions.DEFAULT, totals);
    }

    /** An index of two images with a layer in common, which has the tag. */
    final Descriptor tagged() {
        Descriptor linux = Graphs.image(source, "linux", "shared");
        Descriptor darwin = Graphs.image(source, "darwin", "shared");
        Descriptor root = Graphs.index(source, linux.withPlatform(Platform.of("linux", "amd64")),
                darwin.withPlatform(Platform.of("darwin", "arm64")));
        Graphs.tag(source, root, "v1");
        source.calls.clear();
        return root;
    }
}
