package dev.chandlery.config.security;

import dev.chandlery.config.proof.Rung;

import dev.chandlery.oci.Algorithm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What must be proven before something is published, and where it may come from.
 *
 * @param checks which proofs are looked at
 * @param allowedSources hosts that downloads may come from; empty allows all that the tools name
 * @param allowedOrigins private {@code host[:port]} that redirects may lead to
 * @param checksumAlgorithms that count as proof
 * @param minimumTrust lowest rung accepted of tools that do not say their own
 * @param trustedRoot file with sigstore's authorities; empty when there is none
 */
public record SecuritySpec(SecurityChecks checks, List<String> allowedSources,
        List<String> allowedOrigins, List<Algorithm> checksumAlgorithms, Rung minimumTrust,
        Optional<Path> trustedRoot) {

    public SecuritySpec {
        allowedSources = List.copyOf(allowedSources);
        allowedOrigins = List.copyOf(allowedOrigins);
        checksumAlgorithms = List.copyOf(checksumAlgorithms);
    }

    /**
     * Whether downloads may come from this host: it is listed, or under a listed one. GitHub's download
     * hosts belong to {@code github.com}.
     */
    public boolean allowsSource(String host) {
        return allowedSources.isEmpty()
                || allowedSources.stream().anyMatch(allowed -> covers(allowed, host));
    }

    private static boolean covers(String allowed, String host) {
        boolean same = host.equals(allowed) || host.endsWith("." + allowed);
        boolean githubDownload = allowed.equals("github.com")
                && host.endsWith(".githubusercontent.com");
        return same || githubDownload;
    }
}
