package dev.chandlery.bench.copy.client;

import dev.chandlery.oci.Registry;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.copy.Copier;
import dev.chandlery.oci.copy.CopyListener;
import dev.chandlery.oci.copy.CopyOptions;
import dev.chandlery.oci.copy.CopyOutcome;
import dev.chandlery.oci.copy.CopyRequest;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import java.util.ArrayList;
import java.util.List;

/** Copies all repositories below a name with the copy engine alone, without what the command does around it. */
public final class EngineProgram {
    private static final CopyListener SILENT = _ -> {};

    private EngineProgram() {}

    /**
     * Copies, and ends the process.
     *
     * @param arguments source, target, how the names of repositories begin, number of jobs
     */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) {
        try (HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT)) {
            RemoteRegistry source = open(arguments[0], transport);
            RemoteRegistry target = open(arguments[1], transport);
            List<CopyRequest> requests = requests(source, target, arguments[2]);
            Copier copier = new Copier(CopyOptions.DEFAULT.withJobs(Integer.parseInt(
                    arguments[3])), SILENT);
            List<CopyOutcome> failed = copier.copyAll(requests)
                    .stream()
                    .filter(outcome -> !(outcome instanceof CopyOutcome.Copied))
                    .toList();
            failed.forEach(System.err::println);
            System.exit(failed.isEmpty() ? 0 : 1);
        }
    }

    private static List<CopyRequest> requests(RemoteRegistry source, RemoteRegistry target,
            String prefix) {
        List<CopyRequest> requests = new ArrayList<>();
        try (var names = source.repositoryLister().orElseThrow().repositories()) {
            names.filter(name -> name.toString().startsWith(prefix)).forEach(name -> {
                RemoteRepository from = source.repository(name);
                RemoteRepository to = target.repository(name);
                try (var tags = from.tagLister().orElseThrow().tags()) {
                    // What is attached comes with what it is attached to.
                    tags.filter(tag -> !tag.toString().startsWith("sha256-"))
                            .forEach(tag -> requests.add(CopyRequest.of(from, tag, to)));
                }
            });
        }
        return requests;
    }

    private static RemoteRegistry open(String name, HttpTransport transport) {
        return new RemoteRegistry(Registry.parse(name), transport, CredentialProvider.anonymous(),
                ClientOptions.DEFAULT);
    }
}
