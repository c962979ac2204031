package dev.chandlery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProgressTest {

    @Test
    @Timeout(120)
    void aLogIsToldNowAndThenHowFarItIs() throws InterruptedException {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        try (Progress progress = new PlainProgress(lines::add, Duration.ofMillis(1))) {
            Progress.Item silent = progress.start("silent");
            try (Progress.Item item = progress.start("a to b")) {
                item.tell(() -> "1 of 2 tags");
                assertThat(lines.take()).isEqualTo("a to b: 1 of 2 tags");
                assertThat(lines.take()).isEqualTo("a to b: 1 of 2 tags");
            }
            silent.close();
        }
    }

    @Test
    @Timeout(120)
    void linesOnATerminalNeverWrap() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream terminal = new PrintStream(shown, true, StandardCharsets.UTF_8);
        try (Progress progress = new BarProgress(new Console(terminal, terminal, true, false, Map
                .of()))) {
            Progress.Item item = progress.start("a to b");
            item.step("copy", -1);
            item.tell(() -> "1 of 2 tags");
            progress.say("fact");
        }
        String text = shown.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("fact" + System.lineSeparator()
                + "\u001b[?7l  copy 1 of 2 tags  (a to b)\n\u001b[?7h").endsWith("\u001b[2K");
    }
}
