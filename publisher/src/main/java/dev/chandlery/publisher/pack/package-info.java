/**
 * One verified asset to one artifact, the same bytes every time.
 *
 * <p>{@link dev.chandlery.publisher.pack.AssetReader} opens the asset, which may be hostile: what it holds is
 * stored under numbers, so that no name out of an archive is ever a name on our disk.
 * {@link dev.chandlery.publisher.pack.ToolTree} picks executables and what belongs to them,
 * {@link dev.chandlery.publisher.pack.LayerWriter} writes them as a layer, and
 * {@link dev.chandlery.publisher.pack.ToolPacker} puts layer, image config, manifest and evidence together.
 */
@NullMarked
package dev.chandlery.publisher.pack;

import org.jspecify.annotations.NullMarked;
