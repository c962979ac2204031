package dev.chandlery.oci.http;

import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.TransferException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Turns what breaks on the wire into the exceptions that callers see. */
public final class Failures {
    private Failures() {}

    /** The exception for a broken stream of a reply. */
    public static OciException of(String action, IOException cause) {
        if (cause instanceof LocalFailure local) {
            return local.failure();
        }
        if (Thread.currentThread().isInterrupted()) {
            return new OperationCancelledException("cannot " + action + ": interrupted");
        }
        return new TransferException("cannot " + action + ": " + describe(cause), cause,
                isRetryable(cause));
    }

    private static boolean isRetryable(IOException cause) {
        return !(cause instanceof RefusedException) && !isCertificateFault(cause);
    }

    private static boolean isCertificateFault(IOException cause) {
        for (@Nullable
        Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof SSLPeerUnverifiedException || at instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static String describe(IOException cause) {
        String said = cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getMessage();
        return switch (cause) {
            case UnknownHostException _ -> "unknown host: " + said;
            case ConnectException _ -> "no connection: " + said;
            case SocketTimeoutException _ -> "timed out: " + said;
            case InterruptedIOException _ -> "timed out: " + said;
            case SSLException _ -> "TLS failed: " + said;
            default -> said;
        };
    }
}
