package dev.chandlery.registry.limit;

import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.route.Call;
import dev.chandlery.registry.route.Endpoint;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** How many blobs are received at a time; whoever comes when all slots are taken is told to come again. */
public final class UploadSlots {
    private final int count;
    private final Semaphore free;

    public UploadSlots(int count) {
        this.count = count;
        this.free = new Semaphore(count);
    }

    /** How many are taken now. */
    public int taken() {
        return count - free.availablePermits();
    }

    /** That endpoint, answering in a slot. */
    public Endpoint around(Endpoint endpoint) {
        return call -> answer(endpoint, call);
    }

    private HttpResponse answer(Endpoint endpoint, Call call) throws IOException {
        if (!free.tryAcquire()) {
            throw new RefusedException(ErrorCode.TOOMANYREQUESTS, ErrorCode.TOOMANYREQUESTS
                    .status(), "cannot receive blob: " + count + " uploads go on already; try"
                            + " again in 1 s", HeaderFields.of("Retry-After", "1"));
        }
        try {
            return endpoint.answer(call);
        } finally {
            free.release();
        }
    }
}
