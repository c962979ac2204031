package dev.chandlery.manager.inspect;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Sizes;
import dev.chandlery.cli.TextTable;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.trust.publication.EvidenceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** An artifact for people, in 80 columns where its own texts are not longer. */
final class InspectText {
    private static final int SHOWN_DIGITS = 12;
    private static final int SHOWN_FILES = 20;

    private final Console console;
    private final List<String> lines = new ArrayList<>();

    InspectText(Console console) {
        this.console = console;
    }

    List<String> lines(String title, String name, Inspected root) {
        lines.add(console.strong(plain(title)));
        fact("type", type(root));
        fact("digest", root.descriptor().digest().toString());
        fact("size", Sizes.bytes(root.sizeBytes()) + ", " + Sizes.bytes(attachedBytes(root))
                + " attached");
        if (!root.trust().isEmpty()) {
            fact("trust", root.trust());
        }
        root.signers().forEach(key -> fact("signed by", key));
        if (!root.signers().isEmpty()) {
            fact("", "(not checked here: manager verify does that)");
        }
        platforms(root);
        files(root);
        annotations(root.document().manifest().annotations());
        lines.add("");
        lines.add(console.strong("Tree"));
        lines.add(plain(name) + "  " + shortened(root.descriptor()));
        children(root, "");
        return lines;
    }

    private void fact(String name, String value) {
        lines.add(String.format(Locale.ROOT, "  %-10s %s", name, plain(value)));
    }

    private static String type(Inspected root) {
        String type = root.artifactType()
                .orElse(root.document().manifest().mediaType())
                .value();
        return root.manifests().isEmpty()
                ? type
                : type + ", index of " + root.manifests().size();
    }

    private void platforms(Inspected root) {
        if (root.manifests().isEmpty()) {
            return;
        }
        TextTable table = new TextTable("PLATFORM", "DIGEST", ">SIZE", ">FILES", "TRUST", "SIGNED");
        for (Inspected each : root.manifests()) {
            table.row(plain(each.platform().orElse("?")), shortened(each.descriptor()), Sizes.bytes(
                    each.sizeBytes()), each.files().isEmpty()
                            ? "?"
                            : Integer.toString(each
                                    .files()
                                    .size()),
                    each.trust().isEmpty() ? "?" : plain(each.trust()), each.signers().isEmpty()
                            ? "no"
                            : "yes");
        }
        lines.add("");
        lines.addAll(table.lines());
    }

    /** Of an index those of its first platform: the others have the same, as a rule. */
    private void files(Inspected root) {
        Inspected shown = root.files().isEmpty() && !root.manifests().isEmpty()
                ? root.manifests().getFirst()
                : root;
        if (shown.files().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(console.strong("Files" + (shown.equals(root)
                ? ""
                : " of " + plain(shown.platform()
                        .orElse("?")))));
        shown.files().stream().limit(SHOWN_FILES).forEach(path -> lines.add("  " + plain(path)));
        if (shown.files().size() > SHOWN_FILES) {
            lines.add("  and " + (shown.files().size() - SHOWN_FILES) + " more; -o json has all");
        }
    }

    private void annotations(SortedMap<String, String> annotations) {
        if (!annotations.isEmpty()) {
            lines.add("");
            lines.add(console.strong("Annotations"));
            annotations.forEach((key, value) -> lines.add("  " + plain(key) + " = " + plain(
                    value)));
        }
    }

    private void children(Inspected node, String indent) {
        List<Runnable> rest = new ArrayList<>();
        int count = node.blobs().size() + node.manifests().size() + node.referrers().size();
        int[] left = {count};
        node.blobs().forEach(blob -> rest.add(() -> leaf(blob, indent, --left[0] == 0)));
        node.manifests()
                .forEach(each -> rest.add(() -> branch(each, plain(each.platform()
                        .orElse(
                                "manifest")), indent, --left[0] == 0)));
        node.referrers()
                .forEach(each -> rest.add(() -> branch(each, "<- " + name(each), indent,
                        --left[0] == 0)));
        rest.forEach(Runnable::run);
    }

    private void leaf(Descriptor blob, String indent, boolean last) {
        String title = blob.annotations().getOrDefault(Annotations.TITLE, "");
        String shown = title.isEmpty() || title.equals(".") ? kind(blob) : title;
        lines.add(indent + (last ? "└─ " : "├─ ") + plain(shown) + "  " + shortened(blob) + "  "
                + Sizes.bytes(blob.size()));
    }

    private void branch(Inspected node, String name, String indent, boolean last) {
        lines.add(indent + (last ? "└─ " : "├─ ") + name + "  " + shortened(node.descriptor()));
        children(node, indent + (last ? "   " : "│  "));
    }

    private static String name(Inspected referrer) {
        return referrer.kind()
                .map(EvidenceKind::label)
                .orElseGet(() -> plain(referrer.artifactType()
                        .map(Object::toString)
                        .orElse("?")));
    }

    private static String kind(Descriptor blob) {
        String type = blob.mediaType().value();
        if (blob.mediaType().isImageConfig() || type.contains("config")) {
            return "config";
        }
        return type.contains("layer") || type.contains("diff.tar") ? "layer" : type;
    }

    private static String shortened(Descriptor descriptor) {
        String text = descriptor.digest().toString();
        return text.substring(0, text.indexOf(':') + 1 + SHOWN_DIGITS);
    }

    private static long attachedBytes(Inspected node) {
        long own = node.referrers()
                .stream()
                .mapToLong(each -> each.sizeBytes() + attachedBytes(
                        each))
                .sum();
        return own + node.manifests().stream().mapToLong(InspectText::attachedBytes).sum();
    }

    /** What others wrote must not control the terminal. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
