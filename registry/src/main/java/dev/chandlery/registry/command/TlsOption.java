package dev.chandlery.registry.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.server.ServerSpec;
import dev.chandlery.config.server.ServerTlsSpec;
import dev.chandlery.registry.http.SelfSigned;
import dev.chandlery.registry.http.ServerCertificate;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how connections are encrypted. */
final class TlsOption {
    private static final List<String> LOCAL = List.of("localhost", "127.0.0.1");
    private static final List<String> WILDCARDS = List.of("0.0.0.0", "::");

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Serve HTTPS with this certificate, PEM, its chain after it.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key, PEM.")
    private @Nullable Path key;

    @Option(names = "--tls-self-signed", description = "Serve HTTPS with a certificate of the registry's own, kept in DIR/tls/tls.crt for clients to trust.")
    private boolean selfSigned;

    /**
     * The certificate; empty for plain HTTP.
     *
     * @param folder below which one of our own is kept
     * @param host that is listened on
     */
    Optional<ServerCertificate> certificate(LoadedConfig config, Path folder, String host) {
        if ((certificate == null) != (key == null)) {
            throw new CommandException(ExitCode.USAGE,
                    "cannot serve HTTPS: --tls-cert and --tls-key belong together");
        }
        if (certificate != null && key != null) {
            if (selfSigned) {
                throw new CommandException(ExitCode.USAGE,
                        "cannot serve HTTPS: expected --tls-cert or --tls-self-signed, not both");
            }
            return Optional.of(ServerCertificate.ofPem(certificate, key));
        }
        if (selfSigned) {
            return Optional.of(own(folder, names(LOCAL, host)));
        }
        return config.server().flatMap(ServerSpec::tls).map(tls -> switch (tls) {
            case ServerTlsSpec.Given(var file, var keyFile) -> ServerCertificate.ofPem(file,
                    keyFile);
            case ServerTlsSpec.SelfSigned(var names) -> own(folder, names(names, host));
        });
    }

    private static ServerCertificate own(Path folder, List<String> names) {
        return SelfSigned.in(folder.resolve("tls"), names, Clock.systemUTC());
    }

    private static List<String> names(List<String> names, String host) {
        List<String> all = new ArrayList<>(names);
        if (!WILDCARDS.contains(host) && !all.contains(host)) {
            all.add(host);
        }
        return all;
    }
}
