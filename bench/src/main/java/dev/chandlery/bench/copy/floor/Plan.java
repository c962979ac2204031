package dev.chandlery.bench.copy.floor;

import dev.chandlery.bench.copy.stock.Item;
import dev.chandlery.bench.copy.stock.Item.Blob;
import dev.chandlery.bench.copy.stock.Item.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The least that a copy must do, in an order that a client can know: a manifest is fetched when the one that
 * names it was, and pushed when all that it names is there.
 */
public final class Plan {
    private final List<Step> steps = new ArrayList<>();
    /** The step after which an item is at the target. */
    private final Map<String, Integer> there = new HashMap<>();
    private final Map<String, Integer> got = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    private Plan() {}

    /** Everything, into an empty target. */
    public static Plan all(List<Document> roots) {
        Plan plan = new Plan();
        roots.forEach(root -> plan.get(root, List.of()));
        roots.forEach(plan::copy);
        return plan;
    }

    /** Each tag is looked at on both sides, nothing is sent. */
    public static Plan none(List<Document> roots) {
        Plan plan = new Plan();
        roots.forEach(plan::look);
        return plan;
    }

    /** Each tag is looked at on both sides, and one is copied whose old content is known to the target. */
    public static Plan one(List<Document> roots, Document changed) {
        Plan plan = new Plan();
        for (Document root : roots) {
            boolean other = root.repository().equals(changed.repository()) && root.tag()
                    .equals(changed.tag());
            if (other) {
                plan.remember(root);
            }
            plan.look(other ? changed : root);
        }
        plan.copy(changed);
        return plan;
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    private void look(Document root) {
        get(root, List.of());
        add(new Step(Step.Kind.LOOK, root.repository(), root.name(), root.type(), List.of()));
    }

    private void remember(Item item) {
        known.add(item.key());
        if (item instanceof Document document) {
            document.parts().forEach(this::remember);
        }
    }

    private int get(Document document, List<Integer> after) {
        Integer before = got.get(document.key());
        if (before != null) {
            return before;
        }
        int number = add(new Step(Step.Kind.GET, document.repository(), document.name(), document
                .type(), after));
        got.put(document.key(), number);
        return number;
    }

    private void copy(Document document) {
        if (there.containsKey(document.key())) {
            return;
        }
        int body = get(document, List.of());
        List<Integer> after = new ArrayList<>(List.of(body));
        for (Item part : document.parts()) {
            if (known.contains(part.key())) {
                continue;
            }
            switch (part) {
                case Blob blob -> after.add(there.computeIfAbsent(blob.key(), _ -> add(new Step(
                        Step.Kind.BLOB, blob.repository(), blob.digest(), blob.type(), List.of(
                                body)))));
                case Document child -> {
                    get(child, List.of(body));
                    copy(child);
                    after.add(there.getOrDefault(child.key(), body));
                }
            }
        }
        there.put(document.key(), add(new Step(Step.Kind.PUT, document.repository(), document
                .name(), document.type(), after)));
    }

    private int add(Step step) {
        steps.add(step);
        return steps.size() - 1;
    }
}
