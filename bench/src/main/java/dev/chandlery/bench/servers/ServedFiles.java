package dev.chandlery.bench.servers;

import dev.chandlery.bench.load.Fixture;
import dev.chandlery.bench.peer.Content;
import dev.chandlery.bench.peer.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The file that is asked for; for nginx the fixed answer, too. */
public final class ServedFiles implements Fixture {
    /** What is answered with a file. */
    public static final String FILE = Served.FILE;
    /** What is answered with the same bytes each time. */
    public static final String FIXED = "/fixed";
    private static final int FILE_BYTES = 64 * 1024 * 1024;

    @Override
    public void fill(Site site) throws IOException {
        byte[] noise = new byte[FILE_BYTES];
        new Random(FILE_BYTES).nextBytes(noise);
        if (site.peer().skills().pushes()) {
            Path file = new Served(0, site.folder()).file();
            if (!Files.exists(file)) {
                Files.write(file, noise);
            }
        } else {
            Content.place(site, FILE, noise);
            Content.place(site, FIXED, Served.fixed());
        }
    }
}
