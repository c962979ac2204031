import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads the XML reports of all modules below a folder and tells what ran, what failed and what was skipped
 * for which reason. Exit code 1 when a test failed or none ran. Tests that failed, and passed when they were
 * repeated, count as passed and are named. The last line is the total.
 */
final class Report {
    /** Tests of one module. */
    static final class Tally {
        int passed;
        int failed;
        int skipped;
        double seconds;

        void add(Tally other) {
            passed += other.passed;
            failed += other.failed;
            skipped += other.skipped;
            seconds += other.seconds;
        }

        String line() {
            return "%d passed, %d failed, %d skipped".formatted(passed, failed, skipped);
        }
    }

    private static final int SLOWEST = 5;

    private final SortedMap<String, Tally> modules = new TreeMap<>();
    /** Seconds by class. */
    private final SortedMap<String, Double> classes = new TreeMap<>();
    private final SortedMap<String, List<String>> skipped = new TreeMap<>();
    private final List<String> failed = new ArrayList<>();
    private final List<String> flaky = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        Report report = new Report();
        Path root = Path.of(args[0]);
        for (Path file : files(root)) {
            report.read(root.relativize(file).getName(0).toString(), file);
        }
        System.exit(report.print() ? 0 : 1);
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.find(root, 4, (path, _) -> path.getFileName().toString().matches("TEST-.*\\.xml")
                && path.getParent().getFileName().toString().endsWith("-reports"))) {
            return all.sorted().toList();
        }
    }

    private void read(String module, Path file) throws Exception {
        DocumentBuilder parser = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
        Element suite = parser.parse(file.toFile()).getDocumentElement();
        Tally tally = modules.computeIfAbsent(module, _ -> new Tally());
        NodeList cases = suite.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            count(module, tally, (Element) cases.item(i));
        }
    }

    private void count(String module, Tally tally, Element test) {
        String name = module + ": " + test.getAttribute("classname").replaceAll("^.*\\.", "") + "."
                + test.getAttribute("name");
        double seconds = Double.parseDouble("0" + test.getAttribute("time").replace(",", ""));
        tally.seconds += seconds;
        classes.merge(name.substring(0, name.indexOf('.')), seconds, Double::sum);
        if (has(test, "failure") || has(test, "error")) {
            tally.failed++;
            failed.add(name + " (" + reasonOf(test, has(test, "failure") ? "failure" : "error") + ")");
        } else if (has(test, "skipped") || test.getAttribute("status").equals("skipped")) {
            tally.skipped++;
            String text = reasonOf(test, has(test, "skipped") ? "skipped" : "system-out");
            skipped.computeIfAbsent(text.isEmpty() ? "no reason given" : text, _ -> new ArrayList<>()).add(name);
        } else {
            tally.passed++;
            Stream.of("flakyFailure", "flakyError").filter(child -> has(test, child)).findFirst()
                    .ifPresent(child -> flaky.add(name + " (" + reasonOf(test, child) + ")"));
        }
    }

    /** Tests that are aborted by an assumption have it in the text, behind the exception's name; addresses differ. */
    private static String reasonOf(Element test, String child) {
        if (!has(test, child)) {
            return "";
        }
        Element skipped = (Element) test.getElementsByTagName(child).item(0);
        String message = skipped.getAttribute("message").strip();
        String text = message.isEmpty() ? skipped.getTextContent().strip() : message;
        String line = text.lines().findFirst().orElse("").replaceFirst("^[A-Za-z0-9.]*Exception: ", "");
        return line.replaceFirst("^Assumption failed: ", "").replaceFirst("^127\\.0\\.0\\.1:\\S+ ", "distribution ");
    }

    private static boolean has(Element test, String child) {
        return test.getElementsByTagName(child).getLength() > 0;
    }

    private boolean print() {
        Tally total = new Tally();
        modules.forEach((module, tally) -> {
            System.out.printf("%-12s %s, %.0f s%n", module, tally.line(), tally.seconds);
            total.add(tally);
        });
        classes.entrySet().stream().sorted(Entry.<String, Double>comparingByValue().reversed()).limit(SLOWEST)
                .forEach(slow -> System.out.printf("slow: %s, %.0f s%n", slow.getKey(), slow.getValue()));
        skipped.forEach((reason, tests) -> {
            System.out.println("skipped: " + reason);
            tests.forEach(test -> System.out.println("    " + test));
        });
        flaky.forEach(test -> System.out.println("flaky, passed when repeated: " + test));
        failed.forEach(test -> System.out.println("failed: " + test));
        System.out.println(total.line());
        return total.failed == 0 && total.passed > 0;
    }
}
