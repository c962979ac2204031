package dev.chandlery.dist.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;

/** The modules and the table of who may import whom. */
enum Modules {
    OCI("oci"),
    CONFIG("config", "oci.."),
    TRUST("trust", "config..", "oci", "oci.api..", "oci.content..", "oci.json.."),
    CLI("cli", "config..", "oci.."),
    /** Values of the specifications, the strict reader of JSON, and the one HTTP transport; neither stores nor clients. */
    UPSTREAM("upstream", "trust..", "config..", "oci", "oci.content..", "oci.http..",
            "oci.concurrent..", "oci.json.."),
    /** Never the client: both sides share only {@code oci.api} and the values. */
    REGISTRY("registry", "oci", "oci.api..", "oci.concurrent..", "oci.content..", "oci.embedded..",
            "oci.json..", "oci.store.."),
    PUBLISHER("publisher", "upstream..", "trust..", "config..", "oci..", "cli.."),
    MANAGER("manager", "upstream..", "trust..", "config..", "oci..", "cli.."),
    SCHEDULER("scheduler", "publisher..", "manager..", "config..", "oci..", "cli.."),
    TESTKIT("testkit", "oci.."),
    DIST("dist", "cli..", "publisher.command..", "manager.command..", "scheduler.command..",
            "registry.command..");

    static final String ROOT = "dev.chandlery";

    /** The one package of the registry that is a command line program. */
    static final String REGISTRY_COMMAND = ROOT + ".registry.command";

    /** The one package of the registry that asks others by HTTP, and what it sends by. */
    static final String REGISTRY_S3 = ROOT + ".registry.s3";
    static final String TRANSPORT = ROOT + ".oci.http";

    private final String folder;
    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
    private final List<String> mayImport;

    Modules(String folder, String... mayImport) {
        this.folder = folder;
        this.mayImport = Arrays.stream(mayImport).map(p -> ROOT + "." + p).toList();
    }

    /** Production classes of all modules, from the class path. */
    static JavaClasses classes() {
        return Holder.CLASSES;
    }

    String packageName() {
        return ROOT + "." + folder;
    }

    String pattern() {
        return packageName() + "..";
    }

    boolean owns(JavaClass type) {
        return type.getPackageName().equals(packageName())
                || type.getPackageName().startsWith(packageName() + ".");
    }

    /** Classes of ours that this module must not use, when asked by a class of that package. */
    DescribedPredicate<JavaClass> forbidden() {
        List<String> allowed = mayImport;
        return describe("classes of ours outside " + packageName() + " and " + mayImport,
                type -> isOurs(type) && !owns(type)
                        && allowed.stream().noneMatch(p -> matches(p, type)));
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    private static boolean matches(String pattern, JavaClass type) {
        String name = type.getPackageName();
        if (!pattern.endsWith("..")) {
            return name.equals(pattern);
        }
        String prefix = pattern.substring(0, pattern.length() - 2);
        return name.equals(prefix) || name.startsWith(prefix + ".");
    }

    private static final class Holder {
        static final JavaClasses CLASSES = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }
}
