package dev.chandlery.testkit;

import dev.chandlery.oci.Registry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/** The distribution registry in a container. */
final class RegistryContainer implements RunningRegistry {
    private static final String IMAGE = "registry:3";
    private static final String FOLDER = "/chandlery";
    private static final int PORT = 5000;

    private final GenericContainer<?> container;

    private RegistryContainer(GenericContainer<?> container) {
        this.container = container;
    }

    /** Starts one, where Docker is. */
    static Optional<RunningRegistry> start(RegistryOptions options,
            Map<String, String> environment) {
        if (!mayHaveDocker(environment) || !DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.empty();
        }
        GenericContainer<?> container = new GenericContainer<>(IMAGE).withExposedPorts(PORT)
                .withCommand(FOLDER + "/config.yml");
        options.files("0.0.0.0:" + PORT, FOLDER)
                .forEach((name, text) -> container.withCopyToContainer(Transferable.of(text),
                        FOLDER + "/" + name));
        container.start();
        return Optional.of(new RegistryContainer(container));
    }

    @Override
    public Registry registry() {
        return new Registry(container.getHost(), container.getMappedPort(PORT));
    }

    @Override
    public String description() {
        return "container " + container.getDockerImageName();
    }

    @Override
    public void close() {
        container.stop();
    }

    // Asking Testcontainers itself takes seconds and many lines of log where there is none.
    private static boolean mayHaveDocker(Map<String, String> environment) {
        return environment.containsKey("DOCKER_HOST")
                || Files.exists(Path.of("/var/run/docker.sock"));
    }
}
