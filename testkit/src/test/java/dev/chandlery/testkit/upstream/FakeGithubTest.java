package dev.chandlery.testkit.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.testkit.upstream.FakeAsset.Fault;
import dev.chandlery.testkit.upstream.GithubRequests.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeGithubTest {
    private static final String REPOSITORY = "o/r";
    private static final String LIST = "/repos/o/r/releases?per_page=100";

    private final FakeGithub github = new FakeGithub();
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(Redirect.ALWAYS)
            .build();

    @AfterEach
    void close() {
        client.close();
        github.close();
    }

    @Test
    void releasesComeInPagesWithoutDrafts() {
        for (int i = 0; i < 101; i++) {
            github.release(REPOSITORY, "v1." + i);
        }
        github.release(REPOSITORY, "v2").draft(true);

        HttpResponse<String> first = get(github.api() + LIST);
        assertThat(first.body()).contains("\"tag_name\":\"v1.100\"").doesNotContain("\"v2\"");
        String link = first.headers().firstValue("Link").orElseThrow();
        HttpResponse<String> second = get(link.substring(1, link.indexOf('>')));
        assertThat(second.body()).contains("\"tag_name\":\"v1.0\"").doesNotContain("v1.100");
        assertThat(second.headers().firstValue("Link")).isEmpty();
        assertThat(github.requests().count(Kind.LISTING)).isEqualTo(2);
    }

    @Test
    void anUnchangedAnswerIsFreeWithATokenOnly() {
        github.release(REPOSITORY, "v1");
        String tag = get(github.api() + LIST).headers().firstValue("ETag").orElseThrow();

        assertThat(get(github.api() + LIST, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(github.limits().used()).isEqualTo(2);
        assertThat(get(github.api() + LIST, "If-None-Match", tag, "Authorization", "Bearer "
                + FakeGithub.TOKEN).statusCode()).isEqualTo(304);
        assertThat(github.limits().used()).isEqualTo(2);
    }

    @Test
    void whoAsksTooMuchIsRefused() {
        github.release(REPOSITORY, "v1");
        github.limits().set(1, 5000);
        assertThat(get(github.api() + LIST).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = get(github.api() + LIST);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("X-RateLimit-Remaining")).contains("0");

        github.limits().refuseNext(1, 429, Duration.ofSeconds(7));
        HttpResponse<String> later = get(github.api() + LIST);
        assertThat(later.statusCode()).isEqualTo(429);
        assertThat(later.headers().firstValue("Retry-After")).contains("7");
        assertThat(get(github.api() + LIST, "Authorization", "Bearer wrong").statusCode())
                .isEqualTo(
                        401);
    }

    @Test
    void downloadsRedirectToStorageByLinksThatEnd() {
        github.release(REPOSITORY, "cmd/tool/v1").asset("tool", "content");
        String address = github.api()
                .resolve("/o/r/releases/download/cmd%2Ftool%2Fv1/tool")
                .toString();

        HttpResponse<String> whole = get(address);
        assertThat(whole.body()).isEqualTo("content");
        assertThat(whole.uri().getAuthority()).isEqualTo(github.storageOrigin());
        HttpResponse<String> part = get(address, "Range", "bytes=3-");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("tent");
        github.useLinksOnce();
        assertThat(get(whole.uri().toString()).statusCode()).isEqualTo(200);
        assertThat(get(whole.uri().toString()).statusCode()).isEqualTo(403);
    }

    @Test
    void filesChangeAndBreak() {
        FakeRelease release = github.release(REPOSITORY, "v1");
        FakeAsset asset = release.asset("tool", "content");
        String address = github.api().resolve("/o/r/releases/download/v1/tool").toString();
        String before = get(github.api() + LIST).body();
        asset.replace(Bytes.ofUtf8("others"));
        assertThat(get(github.api() + LIST).body()).isNotEqualTo(before)
                .contains(Bytes.ofUtf8("others").digest().toString());
        assertThat(get(address).body()).isEqualTo("others");

        asset.fault(Fault.FLIPPED);
        assertThat(get(address).body()).hasSize(6).isNotEqualTo("others");
        asset.fault(Fault.BREAKS_ONCE);
        assertThatThrownBy(() -> get(address)).hasRootCauseInstanceOf(IOException.class);
        assertThat(get(address).body()).isEqualTo("others");
        release.remove("tool");
        assertThat(get(address).statusCode()).isEqualTo(404);
    }

    @Test
    void attestationsAreFoundByDigest() {
        var digest = Bytes.ofUtf8("content").digest();
        github.attest(REPOSITORY, digest, "{\"a\":1}");
        String path = github.api() + "/repos/o/r/attestations/";
        assertThat(get(path + digest).body()).isEqualTo(
                "{\"attestations\":[{\"bundle\":{\"a\":1},\"repository_id\":1}]}");
        assertThat(get(path + Bytes.ofUtf8("x").digest()).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
