package dev.chandlery.config.yaml;

/** Values that are fine alone do not go together; becomes a problem at its place. */
public final class InvalidValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient NodeAt place;
    private final String problem;

    InvalidValueException(NodeAt place, String problem) {
        super(place.path() + ": " + problem);
        this.place = place;
        this.problem = problem;
    }

    void record(Reading reading) {
        reading.problem(place, problem);
    }
}
