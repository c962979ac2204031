package dev.chandlery.registry.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test what it asks for: the registry, which serves all tests of the specification's text and ends with
 * the last of them, or a repository of it that no other test uses.
 */
final class SpecRegistry implements ParameterResolver {
    private static final Namespace SPACE = Namespace.create(SpecRegistry.class);

    /** In a folder of its own, which goes with it. */
    private record Running(Path folder, RunningRegistry registry) implements AutoCloseable {
        static Running start() {
            try {
                Path folder = Files.createTempDirectory("spec-registry-");
                return new Running(folder, RunningRegistry.start(folder));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            registry.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == RunningRegistry.class || type == SpecRepository.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        RunningRegistry registry = context.getRoot()
                .getStore(SPACE)
                .getOrComputeIfAbsent(Running.class, _ -> Running.start(), Running.class)
                .registry();
        return parameter.getParameter().getType() == RunningRegistry.class
                ? registry
                : SpecRepository.unused(registry);
    }
}
