package dev.chandlery.manager.transfer;

import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.content.RepositoryLister;
import dev.chandlery.oci.content.Target;
import java.util.stream.Stream;

/**
 * What a registry has below a namespace.
 *
 * @param label for messages
 * @param connection closed with this
 * @param prefix the namespace with a slash behind it; empty without one
 */
record RegistryPlace(String label, RegistryConnection connection, String prefix)
        implements
        Place {

    @Override
    public Target repository(String path) {
        return connection.repository(path);
    }

    @Override
    public Stream<String> paths() {
        RepositoryLister lister = connection.client()
                .repositoryLister()
                .orElseThrow(() -> new UnsupportedFeatureException("cannot list repositories of "
                        + label + ": the registry does not list them"));
        return lister.repositories()
                .map(RepositoryName::value)
                .filter(name -> name.startsWith(prefix) && name.length() > prefix.length())
                .map(name -> name.substring(prefix.length()));
    }

    @Override
    public void close() {
        connection.close();
    }
}
