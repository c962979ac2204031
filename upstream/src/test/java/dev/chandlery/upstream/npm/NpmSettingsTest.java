package dev.chandlery.upstream.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.UnauthorizedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpmSettingsTest {
    @TempDir
    Path folder;

    @Test
    void theLongestPlaceWithATokenCounts() throws IOException {
        NpmSettings settings = read("""
                //npm.example/:_authToken=outer
                //npm.example/team/:_authToken="${INNER}"
                //npm.example/team/deep/:always-auth=true
                """);

        assertThat(ask(settings, "https://npm.example/x")).contains("Bearer outer");
        assertThat(ask(settings, "https://npm.example/team/deep/x")).contains("Bearer inner");
    }

    @Test
    void aTokenDoesNotGoToPlacesThatOnlyBeginAlike() throws IOException {
        NpmSettings settings = read("//npm.example:_authToken=t\n//npm.example/:_authToken=t\n");

        assertThat(ask(settings, "https://npm.example.evil.test/x")).isEmpty();
        assertThat(ask(settings, "https://npm.example:8443/x")).isEmpty();
    }

    @Test
    void registriesOfScopesWinAndCommentsAreNone() throws IOException {
        NpmSettings settings = read("""
                ; registry=https://wrong.example
                registry=https://npm.example
                @s:registry=https://scope.example/npm/
                //npm.example/:username=u
                //npm.example/:_password=not base64!
                """);

        assertThat(settings.registry("tool")).hasToString("https://npm.example/");
        assertThat(settings.registry("@s/tool")).hasToString("https://scope.example/npm/");
        assertThatThrownBy(() -> ask(settings, "https://npm.example/x")).isInstanceOf(
                UnauthorizedException.class).hasMessageNotContaining("not base64!");
    }

    private static Optional<String> ask(NpmSettings settings, String uri) {
        return settings.authorization(URI.create(uri));
    }

    private NpmSettings read(String npmrc) throws IOException {
        Files.writeString(folder.resolve(".npmrc"), npmrc);
        return NpmSettings.read(folder.resolve("registry.yaml"), Map.of("HOME", folder.toString(),
                "INNER", "inner"));
    }
}
