package dev.chandlery.trust.statement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.oci.json.StrictJson;
import dev.chandlery.trust.JsonDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An in-toto statement: a predicate about subjects.
 *
 * <p><b>Spec:</b> in-toto attestation framework v1, Statement; v0.1 is read too.
 *
 * @param subjects what it is about, at least one
 * @param predicateType URI that says what the predicate means
 * @param predicate one JSON object, without white space where it was read
 */
public record Statement(List<Subject> subjects, String predicateType, Bytes predicate) {

    /** Of the DSSE envelope around a statement. */
    public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    private static final String V1 = "https://in-toto.io/Statement/v1";
    private static final Set<String> TYPES = Set.of("https://in-toto.io/Statement/v0.1", V1);
    /** Of subjects in messages. */
    private static final int SHOWN = 3;

    public Statement {
        subjects = List.copyOf(subjects);
    }

    /**
     * Reads v1 or v0.1.
     *
     * @throws MalformedContentException when it is neither
     */
    public static Statement parse(Bytes json, String what) {
        Fields fields = JsonDocument.read(json, what);
        if (!TYPES.contains(fields.requireText("_type"))) {
            throw fields.unexpected("_type", "\"" + V1 + "\" or v0.1");
        }
        List<Subject> subjects = new ArrayList<>();
        for (Fields subject : fields.objects("subject")) {
            subjects.add(new Subject(subject.text("name").orElse(""), subject.textMap("digest")));
        }
        if (subjects.isEmpty()) {
            throw fields.unexpected("subject", "a list of at least one");
        }
        ObjectNode predicate = fields.object("predicate")
                .map(Fields::node)
                .orElseGet(JsonNodeFactory.instance::objectNode);
        return new Statement(subjects, fields.requireText("predicateType"), StrictJson.write(
                predicate));
    }

    /**
     * As v1 in JSON without white space; the same for equal statements.
     *
     * @throws MalformedContentException when the predicate is no JSON object
     */
    public Bytes toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("_type", V1);
        ArrayNode list = json.putArray("subject");
        for (Subject subject : subjects) {
            ObjectNode node = list.addObject();
            if (!subject.name().isEmpty()) {
                node.put("name", subject.name());
            }
            ObjectNode digests = node.putObject("digest");
            for (Map.Entry<String, String> digest : subject.digests().entrySet()) {
                digests.put(digest.getKey(), digest.getValue());
            }
        }
        json.put("predicateType", predicateType);
        json.set("predicate", JsonDocument.read(predicate, "predicate").node());
        return StrictJson.write(json);
    }

    /**
     * Requires a subject with that digest.
     *
     * @throws UntrustedContentException when no subject has it
     */
    public Subject requireSubject(Digest digest, String what) {
        return subjects.stream()
                .filter(subject -> subject.has(digest))
                .findFirst()
                .orElseThrow(() -> new UntrustedContentException("cannot trust " + what
                        + ": expected a statement about " + digest + ", got one about "
                        + shown()));
    }

    /**
     * Requires a subject with that digest and name.
     *
     * @throws UntrustedContentException when no subject has both
     */
    public Subject requireSubject(Digest digest, String name, String what) {
        requireSubject(digest, what);
        return subjects.stream()
                .filter(subject -> subject.has(digest) && subject.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UntrustedContentException("cannot trust " + what
                        + ": expected a statement about " + name + ", got one about " + shown()));
    }

    private String shown() {
        List<String> names = subjects.stream()
                .limit(SHOWN)
                .map(subject -> (subject.name() + " " + subject.digests()).strip())
                .toList();
        int rest = subjects.size() - names.size();
        return String.join(", ", names) + (rest > 0 ? " and " + rest + " more" : "");
    }
}
