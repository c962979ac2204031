package dev.chandlery.config.operation;

import java.time.Duration;

/**
 * What a health check compares with.
 *
 * @param pullTimeout within which a pull must be done
 * @param cacheHitTargetPercent 0 to 100
 * @param availabilityTargetPercent 0 to 100
 */
public record PerformanceTargets(Duration pullTimeout, double cacheHitTargetPercent,
        double availabilityTargetPercent) {

    public PerformanceTargets {
        checkPercent(cacheHitTargetPercent);
        checkPercent(availabilityTargetPercent);
    }

    private static void checkPercent(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("expected 0 to 100 percent, not " + percent);
        }
    }
}
