package dev.chandlery.registry;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What is waited for comes at once, or when a busy machine is done with it: later than the library's ten seconds. */
public final class Patience implements BeforeAllCallback {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(LONGEST);
    }
}
