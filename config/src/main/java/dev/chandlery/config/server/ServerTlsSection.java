package dev.chandlery.config.server;

import dev.chandlery.config.server.ServerTlsSpec.Given;
import dev.chandlery.config.server.ServerTlsSpec.SelfSigned;
import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.BooleanType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code registry_server.tls}: a certificate that is given, or one that the server makes. */
final class ServerTlsSection {
    private static final Key<ServerTlsSpec, Path> CERTIFICATE = Key.optional("certificate",
            Texts.FILE, "PEM file of the certificate and its chain, the server's own first",
            tls -> given(tls).map(Given::certificate));
    private static final Key<ServerTlsSpec, Path> KEY = Key.optional("key", Texts.FILE,
            "PEM file of the certificate's private key, not encrypted",
            tls -> given(tls).map(Given::key));
    private static final Key<ServerTlsSpec, Boolean> SELF_SIGNED = Key.of("self_signed",
            new BooleanType(), "whether the server makes a certificate for itself",
            (ServerTlsSpec tls) -> tls instanceof SelfSigned).or(false);
    private static final Key<ServerTlsSpec, List<String>> NAMES = Key.optional("names",
            new ListType<>(ServerTexts.CERTIFIED, 1),
            "with self_signed: host names and addresses that clients connect to",
            ServerTlsSection::names).or(List.of("localhost", "127.0.0.1"));

    static final Section<ServerTlsSpec> SECTION = new Section<>(List.of(CERTIFICATE, KEY,
            SELF_SIGNED, NAMES), ServerTlsSection::build);

    private ServerTlsSection() {}

    private static ServerTlsSpec build(Values values) {
        return values.get(SELF_SIGNED) ? selfSigned(values) : given(values);
    }

    private static SelfSigned selfSigned(Values values) {
        for (Key<?, ?> file : List.of(CERTIFICATE, KEY)) {
            if (values.has(file)) {
                throw values.invalid(file, "cannot be given together with self_signed: true");
            }
        }
        return new SelfSigned(values.get(NAMES));
    }

    private static Given given(Values values) {
        if (values.has(NAMES)) {
            throw values.invalid(NAMES, "needs self_signed: true");
        }
        if (!values.has(CERTIFICATE) && !values.has(KEY)) {
            throw values.invalid("expected certificate and key, or self_signed: true");
        }
        return new Given(values.find(CERTIFICATE)
                .orElseThrow(() -> values.invalid(KEY, "needs certificate")), values.find(KEY)
                        .orElseThrow(() -> values.invalid(CERTIFICATE, "needs key")));
    }

    private static Optional<Given> given(ServerTlsSpec tls) {
        return switch (tls) {
            case Given given -> Optional.of(given);
            case SelfSigned _ -> Optional.empty();
        };
    }

    private static Optional<List<String>> names(ServerTlsSpec tls) {
        return switch (tls) {
            case Given _ -> Optional.empty();
            case SelfSigned(List<String> names) -> Optional.of(names);
        };
    }
}
