package dev.chandlery.oci;

import java.net.URI;
import java.util.List;

/** A registry or upstream answered with a status that is not a success. */
public final class ResponseException extends OciException {
    private static final long serialVersionUID = 1L;

    /**
     * One entry of the {@code errors} of a registry's answer.
     *
     * <p><b>Spec:</b> distribution-spec v1.1.1, Error Codes.
     */
    public record WireError(String code, String message) {}

    private final int status;
    private final transient List<WireError> errors;

    /**
     * @param action what was attempted, as in {@code push blob sha256:... to host/name}
     * @param method HTTP method
     * @param redactedUri without user information and query values
     * @param status HTTP status
     * @param errors of the body; empty when it had none
     */
    public ResponseException(String action, String method, URI redactedUri, int status,
            List<WireError> errors) {
        super("cannot " + action + ": " + method + " " + redactedUri + " answered " + status
                + describe(status, errors), null);
        this.status = status;
        this.errors = List.copyOf(errors);
    }

    public int status() {
        return status;
    }

    public List<WireError> errors() {
        return errors;
    }

    public boolean hasCode(String code) {
        return errors.stream().anyMatch(e -> e.code().equals(code));
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.RESPONSE;
    }

    private static String describe(int status, List<WireError> errors) {
        StringBuilder text = new StringBuilder();
        for (WireError error : errors) {
            if (!error.code().isEmpty() || !error.message().isEmpty()) {
                text.append(text.isEmpty() ? " " : ", ")
                        .append(error.code())
                        .append(": ")
                        .append(error.message());
            }
        }
        return text.append(advice(status, !text.isEmpty())).toString();
    }

    /** What the status means for who reads it; where the answer gave a reason, that comes first. */
    private static String advice(int status, boolean withReason) {
        return switch (status) {
            case 413 ->
                "; it, or a proxy before it, takes no bodies of this size: raise that limit";
            case 429 ->
                "; it takes no more requests for now: try again later, or with fewer at a time";
            case 500, 502, 503, 504 -> "; the server has a problem of its own: try again later";
            case 401 -> withReason ? "" : ": credentials are missing, or wrong";
            case 403 -> withReason ? "" : ": the credentials have no right to it";
            default -> withReason ? "" : " without a reason that can be read; its log may tell";
        };
    }
}
