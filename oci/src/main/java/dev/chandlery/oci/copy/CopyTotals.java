package dev.chandlery.oci.copy;

import dev.chandlery.oci.Descriptor;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a run does.
 *
 * <p><b>Concurrency:</b> safe; to be read when the run is over.
 */
public final class CopyTotals implements CopyListener {
    private final Count sent = new Count();
    private final Count mounted = new Count();
    private final Count present = new Count();
    private final LongAdder manifests = new LongAdder();
    private final LongAdder tags = new LongAdder();

    /** So many blobs, and their bytes. */
    public static final class Count {
        private final LongAdder blobs = new LongAdder();
        private final LongAdder bytes = new LongAdder();

        public long blobs() {
            return blobs.sum();
        }

        public long bytes() {
            return bytes.sum();
        }

        private void add(Descriptor blob) {
            blobs.increment();
            bytes.add(blob.size());
        }
    }

    @Override
    public void on(CopyEvent event) {
        switch (event) {
            case CopyEvent.Sent(Descriptor node, _) -> sent(node);
            case CopyEvent.Mounted(Descriptor node, _) -> mounted.add(node);
            case CopyEvent.Present(Descriptor node, _) -> present(node);
            case CopyEvent.Tagged _ -> tags.increment();
            case CopyEvent.Resolved _,CopyEvent.Differs _,CopyEvent.Started _,CopyEvent.Progress _,CopyEvent.Ended _,CopyEvent.Repeated _ ->
                {
                }
        }
    }

    private void sent(Descriptor node) {
        if (node.mediaType().isManifest()) {
            manifests.increment();
        } else {
            sent.add(node);
        }
    }

    private void present(Descriptor node) {
        if (!node.mediaType().isManifest()) {
            present.add(node);
        }
    }

    /** Blobs whose bytes were sent. */
    public Count sent() {
        return sent;
    }

    /** Blobs that the target took over from another of its repositories. */
    public Count mounted() {
        return mounted;
    }

    /** Blobs that were found at the target; those below manifests that are there are not looked at. */
    public Count present() {
        return present;
    }

    /** Manifests that were sent. */
    public long manifests() {
        return manifests.sum();
    }

    /** Tags that were written. */
    public long tags() {
        return tags.sum();
    }
}
