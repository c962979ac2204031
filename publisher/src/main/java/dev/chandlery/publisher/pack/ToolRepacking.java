package dev.chandlery.publisher.pack;

import dev.chandlery.oci.StorageException;
import dev.chandlery.trust.publication.Repacking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Packs an asset into an image as {@link ToolPacker} does, for who checks what was published. */
public final class ToolRepacking implements Repacking {

    @Override
    public Image repack(Request request, Path folder) {
        String name = request.file().name();
        try {
            Path unpacked = Files.createTempDirectory(folder, "unpacked-");
            ToolTree tree = new TreeBuilder(request.tool(), request.platform(), request.content(),
                    name).build(new AssetReader(ArchiveLimits.DEFAULT).read(request.file().path(),
                            name, unpacked));
            LayerFile layer = LayerWriter.write(tree, request.content().compression(), folder
                    .resolve("layer"));
            ImageForm form = new ImageForm(request.platform(), request.content().compression(),
                    request.created());
            return new Image(form.config(tree, layer).descriptor(), form.layer(layer).descriptor());
        } catch (IOException e) {
            throw new StorageException("cannot pack " + name + " in " + folder + ": " + e, e);
        }
    }
}
