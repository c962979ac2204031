package dev.chandlery.publisher.pack;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.upstream.VerifiedAsset;

/**
 * What is to be packed.
 *
 * @param tool from registry.yaml
 * @param platform that the asset is for
 * @param asset on our disk, verified
 */
public record PackRequest(ToolSpec tool, PlatformName platform, VerifiedAsset asset) {}
