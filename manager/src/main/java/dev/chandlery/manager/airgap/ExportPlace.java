package dev.chandlery.manager.airgap;

import dev.chandlery.manager.transfer.Place;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.store.LayoutWriter;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A layout that is written; it stays its owner's to finish and to close.
 *
 * @param file or folder, as the user named it
 */
record ExportPlace(LayoutWriter layout, Path file) implements Place {

    @Override
    public String label() {
        return file.toString();
    }

    @Override
    public Target repository(String path) {
        return layout.repository(new RepositoryName(path));
    }

    @Override
    public Stream<String> paths() {
        throw new UnsupportedFeatureException("cannot list repositories of " + layout
                + ": it is being written");
    }

    @Override
    public void close() {
        // Not ours.
    }
}
