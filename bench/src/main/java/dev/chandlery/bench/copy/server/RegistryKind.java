package dev.chandlery.bench.copy.server;

import dev.chandlery.bench.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Registries that can be copied from and to. */
public enum RegistryKind {
    /** The distribution project's, as Debian packages it. */
    DISTRIBUTION {
        @Override
        public Optional<String> missing(Path checkout) {
            return Tool.find("docker-registry").isPresent()
                    ? Optional.empty()
                    : Optional.of("docker-registry is not installed");
        }

        @Override
        public CountedRegistry start(Path checkout, Path folder) throws IOException,
                InterruptedException {
            return CountedDistribution.start(folder);
        }
    },
    /** Ours. */
    CHANDLERY {
        @Override
        public Optional<String> missing(Path checkout) {
            return Files.isExecutable(launcher(checkout))
                    ? Optional.empty()
                    : Optional.of(
                            "it is not built: run mvn -q -pl bench -am package -DskipTests");
        }

        @Override
        public CountedRegistry start(Path checkout, Path folder) throws IOException,
                InterruptedException {
            return CountedChandlery.start(launcher(checkout), folder);
        }
    };

    /** Why it cannot be used here; empty when it can. */
    public abstract Optional<String> missing(Path checkout);

    /**
     * Starts it over an empty folder, and waits until it answers.
     *
     * @param checkout the folder of the whole project
     */
    public abstract CountedRegistry start(Path checkout, Path folder) throws IOException,
            InterruptedException;

    private static Path launcher(Path checkout) {
        return checkout.resolve("dist/target/chandlery/bin/registry");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
