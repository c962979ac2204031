package dev.chandlery.scheduler.year;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.operation.JobKind;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A year of weekly runs against an upstream that releases, changes, retracts, limits and fails, over a disk that rots
 * and a cache that fills. It ends with what the policy says, and nothing was done twice.
 */
class SimulatedYearTest {
    /** In memory where there is such a place: a year is thousands of syncs, and no power fails in it. */
    @TempDir(factory = InMemory.class)
    Path folder;

    static final class InMemory implements TempDirFactory {
        private static final Path MEMORY = Path.of("/dev/shm");
        /** Containers have 64 MiB there, where nobody says otherwise. */
        private static final long ENOUGH_BYTES = 1L << 29;

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
                throws IOException {
            return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY)
                    .getUsableSpace() > ENOUGH_BYTES
                            ? Files.createTempDirectory(MEMORY, "chandlery-year-")
                            : Files.createTempDirectory("chandlery-year-");
        }
    }

    @Test
    void theRegistryIsAsThePolicySays() throws IOException {
        try (SimulatedYear year = new SimulatedYear(folder, UnaryOperator.identity())) {
            year.live();
        }
    }

    static List<JobKind> jobs() {
        return SimulatedYear.WEEKLY;
    }

    /** A year that does not notice when a job does nothing proves nothing. */
    @ParameterizedTest
    @MethodSource("jobs")
    void aJobThatDoesNothingIsNoticed(JobKind idle) throws IOException {
        try (SimulatedYear year = new SimulatedYear(folder, works -> name -> name.kind() == idle
                ? () -> Outcome.of(Result.DONE, "did nothing")
                : works.apply(name))) {
            assertThatThrownBy(year::live).isInstanceOf(AssertionError.class);
        }
    }
}
