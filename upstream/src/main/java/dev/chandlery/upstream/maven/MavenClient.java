package dev.chandlery.upstream.maven;

import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.upstream.fetch.Downloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.DefaultModelProcessor;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.model.locator.DefaultModelLocator;
import org.apache.maven.model.superpom.DefaultSuperPomProvider;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.RepositorySystemSession.SessionBuilder;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;

/**
 * The repositories that the user's Maven would ask, in its order, ready for reading. Closing ends their
 * connections.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class MavenClient implements AutoCloseable {
    private static final String MODEL_VERSION = "4.0.0";
    private static final String FOLLOW_REDIRECTS = "aether.transport.apache.followRedirects";

    private final CloseableSession session;
    private final List<MavenRepository> repositories;

    private MavenClient(CloseableSession session, List<MavenRepository> repositories) {
        this.session = session;
        this.repositories = repositories;
    }

    /**
     * Reads the settings.
     *
     * @param environment for {@code MAVEN_ARGS}, {@code MAVEN_HOME}, and {@code ${env.NAME}} in settings
     * @param downloads for what repositories redirect
     * @throws MalformedContentException when settings.xml cannot be read
     */
    public static MavenClient open(Map<String, String> environment, Downloads downloads) {
        Settings settings = settings(environment);
        if (settings.isOffline()) {
            throw new UnsupportedFeatureException(
                    "cannot read Maven repositories: Maven's settings say offline");
        }
        RepositorySystemSupplier supplier = new RepositorySystemSupplier();
        var system = supplier.get();
        CloseableSession session = session(settings, new SessionBuilderSupplier(system).get());
        List<RemoteRepository> declared = new ArrayList<>();
        activeProfiles(settings).forEach(profile -> profile.getRepositories()
                .forEach(
                        repository -> declared.add(remote(repository.getId(), repository
                                .getUrl()))));
        defaults().forEach(repository -> declared.add(remote(repository.getId(), repository
                .getUrl())));
        List<MavenRepository> ready = system.newResolutionRepositories(session, declared)
                .stream()
                .filter(repository -> !repository.isBlocked())
                .map(repository -> MavenRepository.open(supplier.getTransporterProvider(), session,
                        repository, downloads))
                .toList();
        if (ready.isEmpty()) {
            throw new UnsupportedFeatureException(
                    "cannot read Maven repositories: Maven's settings block all of them");
        }
        return new MavenClient(session, ready);
    }

    /** In the order in which Maven asks them. */
    List<MavenRepository> repositories() {
        return repositories;
    }

    @Override
    public void close() {
        repositories.forEach(MavenRepository::close);
        session.close();
    }

    private static Settings settings(Map<String, String> environment) {
        SettingsFiles files = SettingsFiles.of(environment);
        DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest();
        request.setUserSettingsFile(files.user().toFile());
        files.installation().ifPresent(file -> request.setGlobalSettingsFile(file.toFile()));
        Properties properties = new Properties();
        properties.putAll(System.getProperties());
        environment.forEach((name, value) -> properties.setProperty("env." + name, value));
        request.setSystemProperties(properties);
        try {
            return new DefaultSettingsBuilderFactory().newInstance()
                    .build(request)
                    .getEffectiveSettings();
        } catch (SettingsBuildingException e) {
            throw new MalformedContentException("cannot read Maven's settings " + files.user()
                    + ": " + e.getProblems().getFirst().getMessage(), e);
        }
    }

    private static CloseableSession session(Settings settings, SessionBuilder builder) {
        DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
        for (Mirror mirror : settings.getMirrors()) {
            mirrors.add(mirror.getId(), mirror.getUrl(), mirror.getLayout(), false, mirror
                    .isBlocked(), mirror.getMirrorOf(), mirror.getMirrorOfLayouts());
        }
        DefaultProxySelector proxies = new DefaultProxySelector();
        settings.getProxies()
                .stream()
                .filter(Proxy::isActive)
                .forEach(proxy -> proxies.add(
                        proxy(proxy), proxy.getNonProxyHosts()));
        DefaultAuthenticationSelector servers = new DefaultAuthenticationSelector();
        for (Server server : settings.getServers()) {
            servers.add(server.getId(), new AuthenticationBuilder().addUsername(server
                    .getUsername()).addPassword(server.getPassword()).build());
        }
        return builder.withLocalRepositoryBaseDirectories(MavenRepository.NO_LOCAL_REPOSITORY)
                .setOffline(settings.isOffline())
                .setMirrorSelector(mirrors)
                .setProxySelector(proxies)
                .setAuthenticationSelector(servers)
                .setSystemProperties(System.getProperties())
                .setConfigProperty(FOLLOW_REDIRECTS, false)
                .build();
    }

    private static org.eclipse.aether.repository.Proxy proxy(Proxy proxy) {
        var authentication = new AuthenticationBuilder().addUsername(proxy.getUsername())
                .addPassword(proxy.getPassword())
                .build();
        return new org.eclipse.aether.repository.Proxy(proxy.getProtocol(), proxy.getHost(), proxy
                .getPort(), authentication);
    }

    private static List<Profile> activeProfiles(Settings settings) {
        return settings.getProfiles()
                .stream()
                .filter(profile -> isActive(settings, profile))
                .toList();
    }

    private static boolean isActive(Settings settings, Profile profile) {
        boolean byDefault = profile.getActivation() != null
                && profile.getActivation().isActiveByDefault();
        return byDefault || settings.getActiveProfiles().contains(profile.getId());
    }

    /** What every project inherits from Maven's own model. */
    private static List<Repository> defaults() {
        DefaultModelProcessor processor = new DefaultModelProcessor().setModelLocator(
                new DefaultModelLocator()).setModelReader(new DefaultModelReader());
        return new DefaultSuperPomProvider().setModelProcessor(processor)
                .getSuperModel(MODEL_VERSION)
                .getRepositories();
    }

    private static RemoteRepository remote(String id, String url) {
        return new RemoteRepository.Builder(id, "default", url).build();
    }
}
