package dev.chandlery.oci.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkHeaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "</a?n=1&last=x>; rel=\"next\" | /a?n=1&last=x",
            "</a>;rel=next | /a",
            "</a> ; REL = \"Next\" | /a",
            "</a>; rel=\"prev\", </b>; rel=\"next\" | /b",
            "</a,b;c>; title=\"x, y; z\"; rel=\"last next\" | /a,b;c",
            "<?last=x>; rel=next | ?last=x",
    })
    void findsTheNextPage(String header, String target) {
        assertThat(LinkHeader.next(List.of(header))).contains(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "</a>", "</a>; rel=prev", "/a; rel=next", "</a; rel=next", "<", ";",
            "</a>; title=\"; rel=next\"", "</a>; rel", "</a>; rel=\"next"})
    void takesNothingElseForOne(String header) {
        assertThat(LinkHeader.next(List.of(header))).isEmpty();
    }

    @Test
    void looksAtAllLines() {
        assertThat(LinkHeader.next(List.of("</a>; rel=prev", "</b>; rel=next"))).contains("/b");
    }

    /** Each of these makes a careless pattern try for minutes, or run out of stack. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "<", "<>", ";a=b", ";", "a", ",", "\"", "= ", "<>;a= "})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isReadInTimeWhateverItHolds(String piece) {
        String filling = piece.repeat(8000 / piece.length());
        for (String header : List.of(filling, "x" + filling + "y", "</a>" + filling + "?")) {
            assertThat(LinkHeader.next(List.of(header))).isEmpty();
        }
    }
}
