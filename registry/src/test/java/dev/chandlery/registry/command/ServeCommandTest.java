package dev.chandlery.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.embedded.RegistryHandle;
import dev.chandlery.registry.server.ChildRegistry;
import dev.chandlery.registry.server.PlainClient;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServeCommandTest {
    private static final int TERMINATED = 143;

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void servesUntilItIsTerminatedAndKeepsWhatWasPushed() {
        Bytes blob = Bytes.ofUtf8("hello");
        try (ChildRegistry child = ChildRegistry.serve(folder);
                PlainClient client = PlainClient.of(child.registry())) {
            client.pushBlob("a", blob);
            assertThat(child.terminate()).isEqualTo(TERMINATED);
        }
        try (ChildRegistry child = ChildRegistry.serve(folder);
                PlainClient client = PlainClient.of(child.registry())) {
            assertThat(client.call("GET", "/v2/a/blobs/" + blob.digest()).send().body()).isEqualTo(
                    "hello");
        }
    }

    @Test
    void finishesRunningRequestsWhenItIsTerminated() throws IOException {
        Bytes blob = Bytes.ofUtf8("hello");
        try (ChildRegistry child = ChildRegistry.serve(folder);
                Socket socket = connect(child)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v2/a/blobs/uploads/?digest=" + blob.digest()
                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhe").getBytes(
                            StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> !staged().isEmpty());
            child.askToEnd();
            Awaitility.await().until(() -> refuses(child));
            out.write("llo".getBytes(StandardCharsets.US_ASCII));
            String status = new BufferedReader(new InputStreamReader(socket.getInputStream(),
                    StandardCharsets.US_ASCII)).readLine();
            assertThat(status).isEqualTo("HTTP/1.1 201 Created");
            assertThat(child.terminate()).isEqualTo(TERMINATED);
        }
    }

    @Test
    void saysThatTheStorageIsInUseAndWhere() {
        try (RegistryHandle handle = EmbeddedRegistry.load().open(folder)) {
            assertThat(run("serve", "--storage", folder.toString(), "--listen", "127.0.0.1:0"))
                    .isEqualTo(1);
            assertThat(errors()).contains("Error: cannot serve " + folder
                    + ": another process has this storage, and answers at http://" + handle
                            .registry(),
                    "Hint: ");
        }
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(run("serve", "--storage", folder.toString(), "--listen", address)).isEqualTo(
                    1);
            assertThat(errors()).contains("Error: cannot listen on " + address
                    + ": Address already in use", "Hint: choose another address or port");
        }
        try (RegistryHandle handle = EmbeddedRegistry.load().open(folder)) {
            assertThat(handle.alreadyRunning()).as("the storage was given back").isFalse();
        }
    }

    @Test
    void saysOfAFileThatHoldsNoUsersNotEveryLine() throws IOException {
        Path users = Files.writeString(folder.resolve("passwd"), "a:x:1:1\n".repeat(50));
        assertThat(run("serve", "--storage", folder.resolve("s").toString(), "--listen",
                "127.0.0.1:0", "--htpasswd", users.toString())).isEqualTo(1);
        assertThat(errors()).contains("line 10 is not a name and a bcrypt hash; and 40 more")
                .doesNotContain("line 11 ", "free space");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5000", ":5000", "host:", "host:65536", "::1:5000", "host:-1"})
    void saysWhatAnAddressLooksLike(String address) {
        assertThat(run("serve", "--storage", folder.toString(), "--listen", address)).isEqualTo(2);
        assertThat(errors()).contains("HOST:PORT");
    }

    @Test
    void asksForASubcommand() {
        assertThat(run()).isEqualTo(2);
        assertThat(errors()).contains("Error: ", "registry --help");
    }

    @Test
    void servesTheStorageOfTheConfiguration() throws IOException {
        Path config = Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry:
                  url: embedded
                  storage: here
                """);
        try (ChildRegistry child = ChildRegistry.start(RegistryProgram.class, "--config", config
                .toString(), "serve", "--listen", "127.0.0.1:0")) {
            assertThat(child.registry().isLoopback()).isTrue();
            assertThat(folder.resolve("here/metadata.db")).exists();
        }
    }

    @Test
    void servesByAConfigurationThatSaysOnlyHowToServe() throws IOException {
        Path config = Files.writeString(folder.resolve("registry.yaml"), """
                registry_server:
                  listen: 127.0.0.1:0
                  storage: here
                  auth: {rules: [{repositories: "**", who: [anonymous], allow: [pull]}]}
                """);
        try (ChildRegistry child = ChildRegistry.start(RegistryProgram.class, "--config", config
                .toString(), "serve");
                PlainClient client = PlainClient.of(child.registry())) {
            assertThat(client.call("POST", "/v2/a/blobs/uploads/").send().statusCode()).as(
                    "its rules hold").isEqualTo(401);
            assertThat(folder.resolve("here/metadata.db")).exists();
        }
    }

    @Test
    void refusesAConfigurationThatIsNotThere() {
        assertThat(run("serve", "--config", folder.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(errors()).contains("none.yaml");
    }

    private static Socket connect(ChildRegistry child) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), child.registry().port());
    }

    private static boolean refuses(ChildRegistry child) {
        try (Socket socket = connect(child)) {
            return !socket.isConnected();
        } catch (IOException _) {
            return true;
        }
    }

    private List<Path> staged() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("uploads"))) {
            return files.toList();
        }
    }

    private int run(String... args) {
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Map.of("HOME", folder
                        .toString()));
        return new Program(console, RegistryProgram.class).run(args);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
