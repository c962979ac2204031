package dev.chandlery.dist.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What the classes of every module keep to, apart from the table of imports. */
final class Rules {

    static final ArchRule NO_CYCLES = slices().matching(Modules.ROOT + ".(**)")
            .should()
            .beFreeOfCycles()
            .because("a package that is part of a cycle cannot be understood, or replaced, alone");

    static final ArchRule NO_SERIALIZED_OBJECTS = noClasses().should()
            .dependOnClassesThat(assignableTo(ObjectInputStream.class))
            .because("deserialising runs code that the bytes choose");

    static final ArchRule NO_STANDARD_OUTPUT = noClasses()
            .that()
            .resideOutsideOfPackage(Modules.CLI.pattern())
            .should()
            .accessField(System.class, "out")
            .because("standard output is for results, which cli prints");

    static final ArchRule NO_LOCALE_BY_ACCIDENT = noClasses().should()
            .callMethod(String.class, "toLowerCase")
            .orShould()
            .callMethod(String.class, "toUpperCase")
            .because("\"DIGEST\".toLowerCase() is another word in Turkey: pass Locale.ROOT");

    static final ArchRule NO_SALTED_ORDER = noClasses()
            .that(resideInAnyPackage("dev.chandlery.oci", "dev.chandlery.oci.json..",
                    "dev.chandlery.oci.store..", "dev.chandlery.publisher.pack.."))
            .should()
            .callMethod(Map.class, "copyOf", Map.class)
            .orShould()
            .callMethod(Set.class, "copyOf", Collection.class)
            .because("their order changes with each run of the JVM, and digests with it");

    static final ArchRule NO_THREAD_LOCALS = noClasses().should()
            .dependOnClassesThat(assignableTo(ThreadLocal.class))
            .because("virtual threads are many and short-lived: use ScopedValue or parameters");

    static final ArchRule NO_CLIENT_IN_THE_SERVER = noClasses()
            .that(resideInAPackage(Modules.REGISTRY.pattern()))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.chandlery.oci.client.."))
            .because("server and client prove each other only while neither is made of the other");

    private Rules() {}
}
