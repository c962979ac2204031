package dev.chandlery.registry.route;

import dev.chandlery.registry.access.Caller;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpRequest;

/** How much one caller may ask. Thread-safe. */
public interface Admission {
    /** As much as it likes. */
    Admission UNLIMITED = new Admission() {
        @Override
        public void arrive(HttpRequest request) {}

        @Override
        public HeaderFields admit(HttpRequest request, Caller caller) {
            return HeaderFields.NONE;
        }
    };

    /**
     * Counts a request before anybody looks at its credentials.
     *
     * @throws dev.chandlery.registry.refusal.RefusedException 429 when its address sends too many
     */
    void arrive(HttpRequest request);

    /**
     * Counts a request of a known caller.
     *
     * @return fields that tell how much is left, for the answer
     * @throws dev.chandlery.registry.refusal.RefusedException 429 when the caller sends too many
     */
    HeaderFields admit(HttpRequest request, Caller caller);
}
