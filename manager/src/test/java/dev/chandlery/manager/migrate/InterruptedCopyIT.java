package dev.chandlery.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.manager.ManagerProgram;
import dev.chandlery.manager.transfer.Shelf;
import dev.chandlery.manager.transfer.Shelf.Outcome;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.store.Layout;
import dev.chandlery.testkit.Samples;
import dev.chandlery.testkit.Signals;
import dev.chandlery.testkit.hostile.Answer;
import dev.chandlery.testkit.hostile.HostileRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C, and what ends services, while a blob is on its way: the process ends soon, and a rerun goes on. */
class InterruptedCopyIT {
    private static final int SECONDS = 120;
    private static final String PATH = "tools/app";
    private static final Bytes SLOW = Samples.bytes(1, 300_000);

    @TempDir
    private Path folder;
    @AutoClose
    private final HostileRegistry source = HostileRegistry.start();
    private final CountDownLatch begun = new CountDownLatch(1);
    private Shelf shelf;
    private Digest slow;

    @BeforeEach
    void fill() throws IOException {
        source.plain().put(Bytes.ofUtf8("{}"));
        Descriptor fast = source.plain().put(Bytes.ofUtf8("fast"));
        source.plain().tag(Samples.image(Descriptor.EMPTY, fast), "fast");
        var image = Samples.image(Descriptor.EMPTY, source.plain().put(SLOW));
        source.plain().tag(image, "slow");
        slow = image.descriptor().digest();
        source.times(1, "GET", ".*/blobs/" + SLOW.digest(), _ -> {
            begun.countDown();
            return Answer.of(200, SLOW).delivered(new Answer.Delivery.Stall(SLOW.size() / 2));
        });
        shelf = new Shelf(folder);
        shelf.configure("primary_registry: {url: 'http://" + source.registry() + "'}");
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void anExportHasItsNameOnlyWhenItIsWhole(String signal, int expected) throws Exception {
        Path file = folder.resolve("tools.tar");

        assertThat(interrupted(signal, "export", "--to", file.toString())).isEqualTo(expected);

        assertToldAndTidy();
        assertThat(file).doesNotExist();
        Outcome again = shelf.manager("export", "--to", file.toString(), "--include", PATH);
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Layout.open(file).entries()).extracting(entry -> entry.name())
                .contains(PATH + ":fast", PATH + ":slow");
        assertThat(folder.resolve("tools.tar.part")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void aMigrationLeavesNoTagOnWhatIsNotWhole(String signal, int expected) throws Exception {
        String to = "embedded:" + folder.resolve("target");

        assertThat(interrupted(signal, "migrate", "--to", to)).isEqualTo(expected);

        assertToldAndTidy();
        assertThat(tags()).doesNotContain(slow);
        Outcome again = shelf.manager("migrate", "--to", to, "--include", PATH, "--verify");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(tags()).contains(slow);
    }

    private List<Digest> tags() {
        return shelf.ask("target", PATH, repository -> Stream.of("fast", "slow")
                .flatMap(tag -> repository.find(new Tag(tag)).stream())
                .map(Descriptor::digest)
                .toList());
    }

    /** The exit code of a run that was sent the signal when half of the slow blob was there. */
    private int interrupted(String signal, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"),
                "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + folder, "-cp", System
                        .getProperty("java.class.path"), ManagerProgram.class.getName(), "--config",
                folder
                        .resolve("registry.yaml")
                        .toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--include", PATH));
        Process process = new ProcessBuilder(Signals.heedingInterrupts(command))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        try {
            assertThat(begun.await(SECONDS, TimeUnit.SECONDS)).as(Files.readString(log())).isTrue();
            Signals.send(process, signal);
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private Path log() {
        return folder.resolve("manager.log");
    }

    private void assertToldAndTidy() throws IOException {
        assertThat(Files.readString(log())).contains("interrupted after ", " of 3 tags",
                "run it again for the rest").doesNotContain("\tat ", "unexpected");
        Path work = folder.resolve("cache/work");
        if (Files.exists(work)) {
            try (Stream<Path> rooms = Files.list(work)) {
                assertThat(rooms.filter(Files::isDirectory)).isEmpty();
            }
        }
    }
}
