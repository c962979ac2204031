package dev.chandlery.manager.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names of layouts, and of registries that look like some. */
class LayoutNameTest {

    @Test
    void prefixesOfOtherProgramsAreKnown() {
        assertThat(LayoutName.find("oci:/srv/x")).contains("/srv/x");
        assertThat(LayoutName.find("oci-archive:x.tar")).contains("x.tar");
        assertThat(LayoutName.path("oci-layout:x")).hasToString("x");
        assertThat(LayoutName.path("x.tar")).hasToString("x.tar");
    }

    @Test
    void registriesAreNone() {
        assertThat(LayoutName.insteadOfRegistry("oci:5000")).isEmpty();
        assertThat(LayoutName.insteadOfRegistry("oci:5000/acme")).isEmpty();
        assertThat(LayoutName.insteadOfRegistry("ghcr.io/acme/a.tar")).isEmpty();
        assertThat(LayoutName.insteadOfRegistry("embedded:/srv/x")).isEmpty();
        assertThat(LayoutName.insteadOfRegistry("../x")).contains("../x");
    }
}
