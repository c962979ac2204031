package dev.chandlery.bench.process;

/**
 * Memory of a process, in bytes.
 *
 * @param resident all pages in memory, with pages of mapped files
 * @param anonymous those of them that are no file's: heap, stacks, buffers
 * @param peak the highest value of {@code resident} since the process began, or was told to count anew
 */
public record Memory(long resident, long anonymous, long peak) {
    static final Memory NONE = new Memory(0, 0, 0);

    Memory plus(Memory other) {
        return new Memory(resident + other.resident, anonymous + other.anonymous,
                peak + other.peak);
    }
}
