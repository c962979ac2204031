package dev.chandlery.bench.publish.stock;

import java.util.ArrayList;
import java.util.List;

/**
 * One tool with one release.
 *
 * @param name of the tool
 * @param form of its files
 * @param sizeBytes about, of the file for each platform
 * @param platforms it has files for
 */
public record ToolRelease(String name, Form form, long sizeBytes, List<String> platforms) {
    /** The version that is released. */
    public static final String VERSION = "1.0.0";

    private static final long MIB = 1024L * 1024;
    private static final List<String> PLATFORMS = List.of("linux-x86_64", "darwin-arm64",
            "linux-aarch64", "darwin-x86_64", "windows-x86_64");
    /** As releases are: most are of a few megabytes, a few make up most of the bytes. */
    private static final int[] SIZES_MIB = {1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10, 12, 14, 18,
            24, 40, 60};

    /** What a file is. */
    public enum Form {
        TAR_GZ(".tar.gz"), ZIP(".zip"), BARE("");

        private final String suffix;

        Form(String suffix) {
            this.suffix = suffix;
        }
    }

    /** Twenty tools, of that part of their whole size. */
    public static List<ToolRelease> all(double scale) {
        List<ToolRelease> all = new ArrayList<>();
        for (int i = 0; i < SIZES_MIB.length; i++) {
            int mib = SIZES_MIB[i];
            Form form = Form.values()[i % Form.values().length];
            int platforms = mib > 30 ? 3 : form == Form.BARE ? 4 : 5;
            all.add(new ToolRelease("tool%02d".formatted(i + 1), form, (long) (mib * scale * MIB),
                    PLATFORMS.subList(0, platforms)));
        }
        return all;
    }

    /** The file's name with a placeholder for the platform. */
    public String pattern() {
        return name + "_" + VERSION + "_{platform}" + form.suffix;
    }

    /** The file for a platform. */
    public String file(String platform) {
        return pattern().replace("{platform}", platform);
    }
}
