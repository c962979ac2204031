package dev.chandlery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        TextTable table = new TextTable("TOOL", ">SIZE", "DIGEST").row("protoc", "9.7 MiB", "a")
                .row("b", "12 B", "sha256");
        assertThat(table.lines()).containsExactly("TOOL       SIZE  DIGEST",
                "protoc  9.7 MiB  a", "b          12 B  sha256");
    }

    @Test
    void noLineEndsInSpaces() {
        assertThat(new TextTable("A", "B").row("1", "").lines()).allSatisfy(line -> assertThat(line)
                .isEqualTo(line.stripTrailing()));
    }

    @Test
    void cellsWriteNothingByThemselves() {
        assertThat(new TextTable("A", "B").row("a\u001b[31mb\nc", "\u202eevil\u009b")
                .row("größer", "-")
                .lines()).containsExactly("A          B", "a [31mb c   evil", "größer     -");
    }

    @Test
    void refusesRowsOfAnotherWidth() {
        TextTable table = new TextTable("A", "B");
        assertThatThrownBy(() -> table.row("1")).hasMessageContaining("expected 2 cells, got 1");
    }
}
