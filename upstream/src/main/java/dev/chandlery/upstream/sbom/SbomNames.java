package dev.chandlery.upstream.sbom;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the files of a release that are bills of materials of one of its assets. Release tools name them after
 * the asset ({@code tool_linux_amd64.tar.gz.sbom.json}), after the asset without its ending, or, one for all,
 * after the release ({@code sbom.spdx.json}).
 */
public final class SbomNames {
    private static final Pattern SBOM = Pattern.compile(
            "(?:.*[._-])?(?:(?:sbom|spdx|cdx|cyclonedx)(?:\\.json|\\.xml)?|bom\\.(?:json|xml)|syft\\.json)");
    private static final Pattern ARCHIVE = Pattern.compile(
            "\\.(?:tar\\.[a-z0-9]+|tgz|txz|tbz2?|tar|zip|gz|xz|zst|bz2|7z|exe|jar)$");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");
    private static final Set<String> PLATFORM_WORDS = Set.of("linux", "linux32", "linux64",
            "darwin",
            "macos", "mac", "osx", "apple", "windows", "win", "win32", "win64", "freebsd",
            "openbsd",
            "netbsd", "dragonfly", "solaris", "illumos", "android", "ios", "aix", "plan9", "wasm",
            "wasi", "amd64", "x86", "x64", "i386", "i686", "386", "arm64", "aarch64", "aarch",
            "arm",
            "armv5", "armv6", "armv7", "armhf", "ppc64", "ppc64le", "ppcle", "s390x", "riscv64",
            "mips", "mipsle", "mips64", "mips64le", "loong64", "universal");

    private SbomNames() {}

    /** Whether a file of that name is a bill of materials, and no signature or checksum of one. */
    public static boolean isSbom(String name) {
        return SBOM.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /**
     * Names of the bills that are about an asset, sorted.
     *
     * @param all names of the release's files
     */
    public static List<String> of(String asset, Collection<String> all) {
        List<String> others = all.stream().filter(name -> !isSbom(name)).toList();
        return all.stream()
                .filter(SbomNames::isSbom)
                .filter(sbom -> !sbom.equals(asset) && isAbout(sbom, asset, others))
                .sorted()
                .toList();
    }

    /** One that is named after no asset is about all of them, unless it names a platform of its own. */
    private static boolean isAbout(String sbom, String asset, List<String> assets) {
        int own = named(sbom, asset);
        int longest = assets.stream()
                .filter(SbomNames::namesPlatform)
                .mapToInt(other -> named(sbom, other))
                .max()
                .orElse(0);
        return (own > 0 && own >= longest) || (longest == 0 && !namesPlatform(sbom));
    }

    /** How many characters of the asset's name, with or without its ending, the bill's name begins with. */
    private static int named(String sbom, String asset) {
        String stem = ARCHIVE.matcher(asset).replaceFirst("");
        if (begins(sbom, asset)) {
            return asset.length();
        }
        return begins(sbom, stem) ? stem.length() : 0;
    }

    private static boolean begins(String sbom, String name) {
        return !name.isEmpty() && sbom.startsWith(name) && sbom.length() > name.length()
                && ".-_".indexOf(sbom.charAt(name.length())) >= 0;
    }

    private static boolean namesPlatform(String name) {
        return BETWEEN_WORDS.splitAsStream(name.toLowerCase(Locale.ROOT))
                .anyMatch(PLATFORM_WORDS::contains);
    }
}
