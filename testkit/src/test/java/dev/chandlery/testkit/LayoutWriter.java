package dev.chandlery.testkit;

import dev.chandlery.oci.Tag;
import dev.chandlery.oci.store.LayoutStore;
import java.nio.file.Path;

/** A program that writes images into a layout: folder, prefix of their tags, how many. */
final class LayoutWriter {

    private LayoutWriter() {}

    public static void main(String[] arguments) {
        LayoutStore store = LayoutStore.create(Path.of(arguments[0]));
        int count = Integer.parseInt(arguments[2]);
        for (int i = 0; i < count; i++) {
            String name = arguments[1] + i;
            store.tag(Samples.pushImage(store, name), new Tag(name));
            System.out.println(name);
        }
    }
}
