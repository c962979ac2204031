package dev.chandlery.dist.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between pages lead somewhere, and each page is led to. */
class LinksOfDocumentsTest {

    static List<Page> pages() {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadToFilesAndHeadings(Page page) {
        assertThat(page.links()).allSatisfy(link -> {
            String[] parts = link.split("#", 2);
            Path file = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]);
            assertThat(file).exists();
            if (parts.length > 1) {
                assertThat(Page.read(file).headings()).contains(parts[1]);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsReachedFromTheFirst(Page page) {
        assertThat(pages().stream()
                .filter(other -> !other.file().equals(page.file()))
                .flatMap(other -> other.links()
                        .stream()
                        .map(link -> other.file()
                                .resolveSibling(link.split("#", 2)[0])
                                .normalize()))).contains(
                                        page.file().getFileName().toString().equals("README.md")
                                                ? Page.ROOT.resolve("README.md")
                                                : page.file());
    }

    @Test
    void decisionsAreListedInOrder() {
        Page index = Page.read(Page.ROOT.resolve("docs/adr/README.md"));
        List<String> files = pages().stream()
                .map(page -> page.file().getFileName().toString())
                .filter(name -> name.matches("\\d{4}-.*"))
                .toList();
        assertThat(index.links()).isEqualTo(files);
        assertThat(files).allSatisfy(name -> assertThat(Files.readAllLines(index.file()
                .resolveSibling(name)).getFirst()).startsWith("# "));
    }
}
