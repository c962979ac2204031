package dev.chandlery.registry.s3;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** A server of the S3 protocol that keeps objects in memory, one for all tests of the process. */
public final class S3Server {
    private static final AtomicInteger BUCKETS = new AtomicInteger();
    private static final S3Login LOGIN = new S3Login("an-identity", "a-secret");

    private S3Server() {}

    /** Started when it is first asked for; ends with the process. */
    private static final class Running {
        static final TransientNio2BlobStore STORE = new TransientNio2BlobStore();
        static final S3Proxy SERVER = start();

        private static S3Proxy start() {
            S3Proxy server = S3Proxy.builder()
                    .blobStore(STORE)
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, LOGIN.accessKeyId(), LOGIN
                            .secretAccessKey())
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .build();
            try {
                server.start();
            } catch (Exception e) { // what it declares
                throw new IllegalStateException(e);
            }
            return server;
        }
    }

    /** A new empty bucket. */
    public static S3Settings bucket() {
        String name = "registry" + BUCKETS.incrementAndGet();
        int port = Running.SERVER.getPort();
        Running.STORE.createContainer(name);
        return S3Settings.of(name)
                .withPrefix("some/place/")
                .withEndpoint(URI.create("http://127.0.0.1:" + port))
                .withLogin(LOGIN);
    }
}
