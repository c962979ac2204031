package dev.chandlery.publisher.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedFileTest {
    private static final String TEXT = "0123456789";

    @TempDir
    Path folder;
    private Path path = Path.of("");
    private final FollowedFile file = new FollowedFile(TEXT.length());

    @BeforeEach
    void write() throws IOException {
        path = Files.writeString(folder.resolve("asset"), TEXT);
    }

    @Test
    void theLastByteIsGivenWhenAllIsProven() throws Exception {
        file.grow(path, TEXT.length());
        try (InputStream in = file.open();
                ExecutorService threads = Executors
                        .newVirtualThreadPerTaskExecutor()) {
            assertThat(in.readNBytes(9)).asString(StandardCharsets.UTF_8).isEqualTo("012345678");
            Future<Integer> last = threads.submit(() -> in.read());
            assertThat(last.isDone()).isFalse();
            file.prove(path);
            assertThat(last.get()).isEqualTo('9');
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void nothingIsReadBeyondWhatIsThere() throws Exception {
        file.grow(path, 4);
        try (InputStream in = file.open()) {
            assertThat(in.read(new byte[100])).isEqualTo(4);
            file.grow(path, 2); // the download began anew
            file.grow(path, 6);
            assertThat(in.read(new byte[100])).isEqualTo(2);
        }
    }

    @Test
    void aReaderOfWhatIsGivenUpFails() throws IOException {
        file.grow(path, 4);
        try (InputStream in = file.open()) {
            assertThat(in.readNBytes(4)).hasSize(4);
            file.giveUp();
            assertThatThrownBy(in::read).isInstanceOf(IOException.class)
                    .hasMessageContaining(
                            "not proven");
        }
        file.prove(path);
        assertThatThrownBy(() -> file.open().read()).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsProvenStaysSo() throws Exception {
        file.prove(path);
        file.giveUp();
        assertThat(file.awaitProof()).isEqualTo(path);
        assertThat(file.awaitBegin()).isTrue();
        assertThat(file.replayable()).isFalse();
    }
}
