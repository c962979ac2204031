package dev.chandlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.store.LayoutStore;
import dev.chandlery.testkit.contract.DeleterContract;
import dev.chandlery.testkit.contract.ReferrersContract;
import dev.chandlery.testkit.contract.TargetContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class LayoutStoreContractTest implements TargetContract, ReferrersContract, DeleterContract {
    @TempDir
    Path root;
    private LayoutStore store;

    @BeforeEach
    void create() {
        store = LayoutStore.create(root.resolve("layout"));
    }

    @Override
    public Target target() {
        return store;
    }

    /** Whatever a test did. */
    @AfterEach
    void everyFileIsWhatItsNameSaysAndNothingIsLeftOver() throws IOException {
        for (Path blob : filesBelow("blobs")) {
            Algorithm algorithm = Algorithm.find(blob.getName(blob.getNameCount() - 2).toString())
                    .orElseThrow();
            assertThat(Digest.ofFile(algorithm, blob).encoded()).isEqualTo(blob.getFileName()
                    .toString());
        }
        assertThat(filesBelow("ingest")).isEmpty();
    }

    private List<Path> filesBelow(String folder) throws IOException {
        Path top = root.resolve("layout").resolve(folder);
        if (!Files.exists(top)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(top)) {
            return found.filter(Files::isRegularFile).toList();
        }
    }
}
