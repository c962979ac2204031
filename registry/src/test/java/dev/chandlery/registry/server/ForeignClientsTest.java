package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.http.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others wrote to push and pull works with this registry. */
@ParameterizedClass
@EnumSource(names = {"FILES_AND_SQLITE", "S3_AND_POSTGRES"})
final class ForeignClientsTest {
    @Parameter
    private StorageKind kind = StorageKind.FILES_AND_SQLITE;
    private static final int LAYER_BYTES = 3 * 1024 * 1024;
    private static final long SEED = 7;

    @TempDir
    private Path folder;
    private RunningRegistry registry;
    private String address;

    @BeforeEach
    void start() throws IOException {
        registry = RunningRegistry.start(kind.make(Files.createDirectory(folder.resolve(
                "storage"))));
        address = registry.server().address().toString();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void orasPushesAttachesCopiesAndPulls() throws IOException {
        ForeignProgram oras = new ForeignProgram("oras", Files.createDirectory(folder.resolve(
                "work")));
        byte[] content = new byte[LAYER_BYTES];
        new Random(SEED).nextBytes(content);
        Files.write(oras.folder().resolve("tool.bin"), content);
        Files.writeString(oras.folder().resolve("sbom.json"), "{}");
        oras.run("push", "--plain-http", address + "/tools/x:v1", "--artifact-type",
                "application/vnd.example", "tool.bin");
        oras.run("attach", "--plain-http", "--artifact-type", "application/sbom", address
                + "/tools/x:v1", "sbom.json");
        assertThat(oras.run("discover", "--plain-http", address + "/tools/x:v1")).contains(
                "application/sbom");
        oras.run("cp", "-r", "--from-plain-http", "--to-plain-http", address + "/tools/x:v1",
                address + "/tools/y:v1");
        oras.run("pull", "--plain-http", "-o", "pulled", address + "/tools/y:v1");
        assertThat(oras.folder().resolve("pulled/tool.bin")).hasBinaryContent(content);
        assertThat(oras.run("repo", "ls", "--plain-http", address)).isEqualTo(
                "tools/x\ntools/y\n");
        oras.run("manifest", "delete", "--force", "--plain-http", address + "/tools/y:v1");
        assertThat(registry.call("GET", "/v2/tools/y/manifests/v1").send().statusCode()).isEqualTo(
                404);
    }

    @Test
    void cranePushesCopiesAndLists() throws IOException {
        ForeignProgram crane = new ForeignProgram("crane", Files.createDirectory(folder.resolve(
                "work")));
        Path layout = layout(crane.folder());
        crane.run("push", layout.toString(), address + "/img/a:v1");
        crane.run("copy", address + "/img/a:v1", address + "/img/b:v2");
        assertThat(crane.run("digest", address + "/img/b:v2")).isEqualTo(crane.run("digest", address
                + "/img/a:v1"));
        assertThat(crane.run("ls", address + "/img/b")).isEqualTo("v2\n");
        assertThat(crane.run("catalog", address)).isEqualTo("img/a\nimg/b\n");
        crane.run("tag", address + "/img/b:v2", "v3");
        assertThat(crane.run("manifest", address + "/img/b:v3")).contains("schemaVersion");
    }

    @Test
    void skopeoCopiesInAndOutAndDeletes() throws IOException {
        ForeignProgram skopeo = new ForeignProgram("skopeo", Files.createDirectory(folder.resolve(
                "work")));
        Path layout = layout(skopeo.folder());
        String image = "docker://" + address + "/img/a:v1";
        skopeo.run("copy", "--dest-tls-verify=false", "oci:" + layout + ":v1", image);
        skopeo.run("copy", "--src-tls-verify=false", "--dest-tls-verify=false", image, "docker://"
                + address + "/img/b:v1");
        skopeo.run("copy", "--src-tls-verify=false", image, "oci:back:v1");
        assertThat(skopeo.run("list-tags", "--tls-verify=false", "docker://" + address + "/img/b"))
                .contains("\"v1\"");
        skopeo.run("delete", "--tls-verify=false", image);
        assertThat(registry.call("GET", "/v2/img/a/manifests/v1").send().statusCode()).isEqualTo(
                404);
    }

    @Test
    void allOfThemLogInAndSpeakHttps() throws IOException {
        registry.close();
        Path storage = Files.createDirectory(folder.resolve("guarded"));
        Path trusted = Files.createDirectory(folder.resolve("tls"));
        registry = RunningRegistry.start(storage, secured(trusted));
        address = registry.server().address().toString();
        Path home = Files.createDirectory(folder.resolve("home"));
        Map<String, String> trust = Map.of("SSL_CERT_FILE", trusted.resolve("tls.crt").toString(),
                "HOME", home.toString(), "DOCKER_CONFIG", home.resolve("docker").toString());
        ForeignProgram oras = new ForeignProgram("oras", home, trust);
        ForeignProgram crane = new ForeignProgram("crane", home, trust);
        ForeignProgram skopeo = new ForeignProgram("skopeo", home, trust);
        Files.writeString(home.resolve("tool.bin"), "content");
        oras.run("login", "-u", "red", "-p", "red-secret", address);
        oras.run("push", address + "/red/a:v1", "tool.bin");
        crane.run("auth", "login", "-u", "red", "-p", "red-secret", address);
        crane.run("copy", address + "/red/a:v1", address + "/red/b:v2");
        assertThat(crane.run("catalog", address)).isEqualTo("red/a\nred/b\n");
        skopeo.run("login", "-u", "red", "-p", "red-secret", address);
        Path layout = layout(home);
        skopeo.run("copy", "oci:" + layout + ":v1", "docker://" + address + "/red/c:v1");
        skopeo.run("copy", "docker://" + address + "/red/c:v1", "oci:back:v1");
        assertThat(skopeo.run("list-tags", "docker://" + address + "/red/c")).contains("\"v1\"");
        skopeo.run("delete", "docker://" + address + "/red/c:v1");
        assertThat(crane.run("ls", address + "/red/c")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dockerLogsInAndOut(boolean encrypted) throws IOException {
        registry.close();
        Path storage = Files.createDirectory(folder.resolve("guarded"));
        Path trusted = Files.createDirectory(folder.resolve("tls"));
        registry = RunningRegistry.start(storage, encrypted
                ? secured(trusted)
                : Accounts.options(
                        folder));
        address = registry.server().address().toString();
        Path home = Files.createDirectory(folder.resolve("home"));
        Path config = home.resolve("docker");
        // Logging in needs no engine; where there is one, it would log in from elsewhere.
        ForeignProgram docker = new ForeignProgram("docker", home, Map.of("SSL_CERT_FILE", trusted
                .resolve("tls.crt")
                .toString(), "HOME", home.toString(), "DOCKER_CONFIG", config.toString(),
                "DOCKER_HOST", "unix://" + home.resolve("none.sock")));
        assertThat(docker.fail("login", "-u", "red", "-p", "wrong", address)).contains(
                "credentials are wrong");
        assertThat(docker.run("login", "-u", "red", "-p", "red-secret", address)).contains(
                "Login Succeeded");
        assertThat(config.resolve("config.json")).content().contains("\"" + address + "\"");
        docker.run("logout", address);
        assertThat(config.resolve("config.json")).content().doesNotContain(address);
    }

    private ServerOptions secured(Path trusted) {
        ServerOptions options = Accounts.options(folder);
        return options.withHttp(options.http()
                .withTls(SelfSigned.in(trusted, List.of("127.0.0.1", "localhost"), Clock
                        .systemUTC())));
    }

    /** An OCI layout of one image with one empty tar as layer. */
    private static Path layout(Path folder) throws IOException {
        Path layout = Files.createDirectories(folder.resolve("layout"));
        Bytes layer = Bytes.of(new byte[1024]);
        Bytes config = Bytes.ofUtf8("""
                {"architecture":"amd64","os":"linux","config":{},
                 "rootfs":{"type":"layers","diff_ids":["%s"]}}""".formatted(layer.digest()));
        Bytes manifest = Bytes.ofUtf8(
                """
                {"schemaVersion":2,"mediaType":"%s",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
                 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}]}"""
                        .formatted(Manifests.IMAGE, config.digest(), config.size(), layer.digest(),
                                layer
                                        .size()));
        for (Bytes blob : new Bytes[]{layer, config, manifest}) {
            Digest digest = blob.digest();
            Path file = layout.resolve("blobs/sha256").resolve(digest.encoded());
            Files.createDirectories(file.getParent());
            Files.write(file, blob.toArray());
        }
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(layout.resolve("index.json"), """
                {"schemaVersion":2,"manifests":[{"mediaType":"%s","digest":"%s","size":%d,
                 "annotations":{"org.opencontainers.image.ref.name":"v1"}}]}""".formatted(
                Manifests.IMAGE, manifest.digest(), manifest.size()));
        return layout;
    }
}
