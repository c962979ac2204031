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
                + describe(errors), null);
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

    private static String describe(List<WireError> errors) {
        StringBuilder text = new StringBuilder();
        for (WireError error : errors) {
            text.append(text.isEmpty() ? " " : ", ")
                    .append(error.code())
                    .append(": ")
                    .append(error.message());
        }
        return text.toString();
    }
}
