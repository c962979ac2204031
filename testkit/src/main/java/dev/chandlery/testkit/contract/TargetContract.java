package dev.chandlery.testkit.contract;

/** All that a store must hold that can list tags, whatever else it can. */
public interface TargetContract
        extends
            BlobContract,
            ManifestContract,
            TagsContract,
            PushContract,
            LoadContract {}
