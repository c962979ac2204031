package dev.chandlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.store.EarlierLayout;
import dev.chandlery.oci.store.Layout;
import dev.chandlery.oci.store.LayoutWriter;
import dev.chandlery.testkit.contract.ReferrersContract;
import dev.chandlery.testkit.contract.TargetContract;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Layouts while they are written; and after each test they are finished, read and found to be right. */
class LayoutWriterContractTest {

    abstract static class Written implements TargetContract, ReferrersContract {
        @TempDir
        Path root;
        private LayoutWriter writer;

        abstract LayoutWriter open();

        abstract Path place();

        Target view(LayoutWriter layout) {
            return layout;
        }

        @BeforeEach
        void create() {
            writer = open();
        }

        @Override
        public Target target() {
            return view(writer);
        }

        @AfterEach
        void isWhole() throws Exception {
            long tags;
            try (LayoutWriter _ = writer; Stream<?> all = writer.tagLister().orElseThrow().tags()) {
                tags = all.count();
                writer.finish();
            }
            Layout read = Layout.open(place());
            for (var manifest : read.manifests()) {
                try (InputStream in = read.fetch(manifest)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
            assertThat(read.tagLister().orElseThrow().tags()).hasSize((int) tags);
            try (Stream<Path> files = Files.list(root)) {
                assertThat(files).containsExactly(place());
            }
        }
    }

    @Nested
    class Archive extends Written {
        @Override
        LayoutWriter open() {
            return LayoutWriter.toArchive(place(), EarlierLayout.NONE);
        }

        @Override
        Path place() {
            return root.resolve("layout.tar");
        }
    }

    @Nested
    class Folder extends Written {
        @Override
        LayoutWriter open() {
            return LayoutWriter.toFolder(place(), EarlierLayout.NONE);
        }

        @Override
        Path place() {
            return root.resolve("layout");
        }
    }

    @Nested
    class RepositoryInArchive extends Archive {
        @Override
        Target view(LayoutWriter layout) {
            return layout.repository(new RepositoryName("tools/protoc"));
        }
    }
}
