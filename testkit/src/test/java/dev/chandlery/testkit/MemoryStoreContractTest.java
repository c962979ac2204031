package dev.chandlery.testkit;

import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.store.MemoryStore;
import dev.chandlery.testkit.contract.DeleterContract;
import dev.chandlery.testkit.contract.ReferrersContract;
import dev.chandlery.testkit.contract.TargetContract;

class MemoryStoreContractTest implements TargetContract, ReferrersContract, DeleterContract {
    private final MemoryStore store = new MemoryStore();

    @Override
    public Target target() {
        return store;
    }
}
