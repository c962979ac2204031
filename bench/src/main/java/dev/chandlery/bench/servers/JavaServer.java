package dev.chandlery.bench.servers;

import dev.chandlery.bench.peer.Peer;
import dev.chandlery.bench.peer.Site;
import dev.chandlery.bench.process.ServerProcess;
import dev.chandlery.bench.wire.Address;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server of this package, in a JVM of its own; all have the same options. */
public record JavaServer(String name, String version, Class<?> program) implements Peer {

    /** All of them. */
    public static List<Peer> all() {
        return List.of(of("jetty", JettyServer.class, org.eclipse.jetty.server.Server.class),
                of("helidon", HelidonServer.class, io.helidon.webserver.WebServer.class),
                of("netty", NettyServer.class, io.netty.bootstrap.ServerBootstrap.class),
                of("undertow", UndertowServer.class, io.undertow.Undertow.class),
                new JavaServer("jdk", "com.sun.net.httpserver of Java " + Runtime.version(),
                        JdkServer.class));
    }

    private static JavaServer of(String name, Class<?> program, Class<?> library) {
        // .../jetty-server-12.1.13.jar
        String jar = library.getProtectionDomain().getCodeSource().getLocation().getPath();
        return new JavaServer(name, jar.substring(jar.lastIndexOf('/') + 1).replace(".jar", ""),
                program);
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public Skills skills() {
        return new Skills(true, false);
    }

    @Override
    public Site start(Path folder, Address address) throws IOException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-Xmx256m", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty(
                        "java.class.path"), program.getName(), Integer.toString(address.port()),
                folder.toString());
        return new Site(this, folder, address, ServerProcess.start(command, Map.of(), folder
                .resolve("log")), Site.Login.NONE);
    }
}
