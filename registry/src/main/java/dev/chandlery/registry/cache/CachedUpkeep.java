package dev.chandlery.registry.cache;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.CheckRecords;
import dev.chandlery.registry.metadata.GarbageRecords;
import dev.chandlery.registry.metadata.HeldManifest;
import dev.chandlery.registry.metadata.HeldManifests;
import dev.chandlery.registry.metadata.Holdings;
import dev.chandlery.registry.metadata.MaintenanceLeases;
import dev.chandlery.registry.metadata.NamedBlob;
import dev.chandlery.registry.metadata.RepairRecords;
import dev.chandlery.registry.metadata.Upkeep;
import java.util.List;

/** Tells {@link CachedManifests} of manifests that collections of this process take away. */
record CachedUpkeep(Upkeep upkeep, Generations generations) implements Upkeep {

    @Override
    public GarbageRecords garbage() {
        return upkeep.garbage();
    }

    @Override
    public HeldManifests manifests() {
        return new Manifests(upkeep.manifests(), generations);
    }

    @Override
    public CheckRecords checks() {
        return upkeep.checks();
    }

    /** Nobody repairs inside of a server; what is repaired beside it is seen a little later. */
    @Override
    public RepairRecords repairs() {
        return upkeep.repairs();
    }

    @Override
    public MaintenanceLeases leases() {
        return upkeep.leases();
    }

    @Override
    public Holdings holdings() {
        return upkeep.holdings();
    }

    @Override
    public void locked(Digest digest, Runnable work) {
        upkeep.locked(digest, work);
    }

    private record Manifests(HeldManifests manifests, Generations generations)
            implements
            HeldManifests {

        @Override
        public List<HeldManifest> of(RepositoryName repository) {
            return manifests.of(repository);
        }

        @Override
        public boolean remove(RepositoryName repository, List<HeldManifest> gone) {
            return generations.change(repository, () -> manifests.remove(repository, gone));
        }

        @Override
        public List<NamedBlob> namedBlobs(RepositoryName repository) {
            return manifests.namedBlobs(repository);
        }
    }
}
