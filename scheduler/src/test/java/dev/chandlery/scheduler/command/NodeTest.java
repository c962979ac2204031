package dev.chandlery.scheduler.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeTest {

    /** As two containers of one image on hosts of one name are. */
    @Test
    void processesOfTheSameHostAndNumberHaveNamesOfTheirOwn() {
        Map<String, String> environment = Map.of("HOSTNAME", "box");
        assertThat(Node.name(environment)).matches("box-\\d+-[0-9a-f]{6}")
                .isNotEqualTo(Node.name(environment));
    }
}
