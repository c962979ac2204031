package dev.chandlery.publisher.aqua;

/** A template or condition uses what we do not evaluate; the message says what. */
final class UnsupportedExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedExpressionException(String message) {
        super(message);
    }
}
