package dev.chandlery.publisher.flow;

import dev.chandlery.oci.concurrent.TaskScope;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The budgets of a run. An item is downloaded, packed and pushed one after the other, but each of these has
 * permits of its own, so that what is packed or pushed keeps nobody from downloading. Only so many bytes are
 * under way in all, which bounds what there is on the disk: when one of the three is slow, the others wait
 * for it.
 *
 * <p><b>Concurrency:</b> thread-safe; one for a whole run.
 */
public final class Flow {
    /** Opening xz at its highest level takes 65 MiB; the rest is for all else. */
    private static final long PACKING_BYTES = 96L * 1024 * 1024;

    /** Of downloads under way; unpacked and packed they take some times as much. */
    private static final long ROOM_BYTES = 512L * 1024 * 1024;

    private final Admission items;
    private final Gate downloads;
    private final Gate packing;
    private final Gate connections;

    /**
     * @param parallel downloads, and connections to the registry, at a time; at least 1
     * @param items how many are going to come
     */
    public Flow(int parallel, int items) {
        int packs = packs(parallel, Runtime.getRuntime().availableProcessors(), Runtime.getRuntime()
                .maxMemory());
        this.items = new Admission(2 * parallel + packs, ROOM_BYTES, items);
        this.downloads = Gate.of(parallel);
        this.packing = Gate.of(packs);
        this.connections = Gate.of(parallel);
    }

    /** How many items may be packed at a time: that takes a processor each, and memory. */
    static int packs(int parallel, int processors, long heapBytes) {
        return Math.max(1, Math.toIntExact(Math.min(Math.min(parallel, processors), heapBytes
                / PACKING_BYTES)));
    }

    /**
     * Does all of an item when it is its turn; the largest come first.
     *
     * @param size of its download in bytes; what is not known may be large
     */
    public <T> T item(OptionalLong size, Supplier<T> work) {
        try (Admission.Place _ = items.enter(size)) {
            return work.get();
        }
    }

    /** Downloads. */
    public <T> T download(Supplier<T> work) {
        return downloads.pass(work);
    }

    /** Unpacks, hashes, compresses. */
    public <T> T pack(Supplier<T> work) {
        return packing.pass(() -> TaskScope.compute("pack", work::get));
    }

    /** Connections to the registry. */
    public Gate connections() {
        return connections;
    }
}
