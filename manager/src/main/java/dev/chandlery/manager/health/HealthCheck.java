package dev.chandlery.manager.health;

import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.cli.state.RunStateFile;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Asks the primary registry and looks at the cache. */
public final class HealthCheck {
    /** Repository that is tried when no tool is configured. */
    private static final String PROBE = "health-check";

    private final Session session;

    public HealthCheck(Session session) {
        this.session = session;
    }

    /** What is wrong is in the report; nothing is thrown for it. */
    public HealthReport run() {
        CacheHealth cache = CacheHealth.check(session.config().cache());
        RegistryHealth registry = registry();
        return new HealthReport(Instant.now(), registry, cache, new RunStateFile(session.config()
                .cache()
                .localCacheDir()).read());
    }

    private RegistryHealth registry() {
        long start = System.nanoTime();
        try (RegistryConnection registry = session.primary(Access.READ_WRITE)) {
            start = System.nanoTime();
            registry.client().ping();
            Duration response = Duration.ofNanos(System.nanoTime() - start);
            return ask(registry.repository(probed(session.config())), response);
        } catch (OciException e) {
            return new RegistryHealth(Duration.ofNanos(System.nanoTime() - start), OptionalLong
                    .empty(), Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private static RegistryHealth ask(RemoteRepository repository, Duration response) {
        OptionalLong tags = OptionalLong.empty();
        try (Stream<Tag> listed = repository.tags()) {
            tags = OptionalLong.of(listed.count());
            repository.checkWritable();
            return new RegistryHealth(response, tags, Optional.of(true), Optional.empty());
        } catch (OciException e) {
            return new RegistryHealth(response, tags, Optional.of(false), Optional.of(String
                    .valueOf(e.getMessage())));
        }
    }

    /** The first tool that runs publish by themselves. */
    private static String probed(ConfigSpec config) {
        return config.publishing()
                .tools()
                .values()
                .stream()
                .filter(tool -> tool.autoPublish())
                .findFirst()
                .map(tool -> ToolNames.of(config.repositoryOf(tool), tool).path())
                .orElse(PROBE);
    }
}
