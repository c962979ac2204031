package dev.chandlery.publisher.drift;

import dev.chandlery.config.source.PlatformName;

/**
 * What a check came to for one published platform.
 *
 * @param tool its name
 * @param version its number
 * @param platform that was compared
 * @param result of the comparison
 */
public record DriftFinding(String tool, String version, PlatformName platform, Result result) {

    /** How what upstream offers compares with what was accepted. */
    public sealed interface Result {}

    /**
     * Nothing differs.
     *
     * @param proven whether a digest says so; else size alone
     */
    public record Same(boolean proven) implements Result {}

    /** Upstream changed it. */
    public record Changed(DriftIncident incident) implements Result {}

    /** It cannot be told; why. */
    public record Unknown(String reason) implements Result {}
}
