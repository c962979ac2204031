package dev.chandlery.dist.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchRule;
import dev.chandlery.oci.content.Target;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The house as docs/architecture.md describes it, checked on the compiled classes of all modules. */
class ArchitectureTest {

    @ParameterizedTest
    @EnumSource
    void everyModuleIsOnTheClassPath(Modules module) {
        assertThat(Modules.classes().stream().filter(module::owns)).isNotEmpty();
    }

    @Test
    void everyClassBelongsToAModule() {
        assertThat(Modules.classes()
                .stream()
                .filter(c -> Arrays.stream(Modules.values()).noneMatch(m -> m.owns(c)))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REGISTRY")
    void importsOnlyWhatItsRowSays(Modules module) {
        noClasses().that()
                .resideInAPackage(module.pattern())
                .should()
                .dependOnClassesThat(module.forbidden())
                .check(Modules.classes());
    }

    @Test
    void registryImportsOnlyOciApartFromItsCommand() {
        noClasses().that()
                .resideInAPackage(Modules.REGISTRY.pattern())
                .and(resideOutsideOfPackages(Modules.REGISTRY_COMMAND, Modules.REGISTRY_S3))
                .should()
                .dependOnClassesThat(Modules.REGISTRY.forbidden())
                .check(Modules.classes());
        noClasses().that()
                .resideInAPackage(Modules.REGISTRY_S3)
                .should()
                .dependOnClassesThat(Modules.REGISTRY.forbidden()
                        .and(resideOutsideOfPackage(Modules.TRANSPORT)))
                .check(Modules.classes());
        noClasses().that()
                .resideInAPackage(Modules.REGISTRY_COMMAND)
                .should()
                .dependOnClassesThat(Modules.REGISTRY.forbidden()
                        .and(resideInAnyPackage(Modules.CLI.pattern(), Modules.CONFIG.pattern())
                                .negate()))
                .allowEmptyShould(true)
                .check(Modules.classes());
    }

    @TestFactory
    Stream<DynamicTest> keepsTheRules() {
        return Stream.of(Rules.NO_CYCLES, Rules.NO_SERIALIZED_OBJECTS, Rules.NO_STANDARD_OUTPUT,
                Rules.NO_LOCALE_BY_ACCIDENT, Rules.NO_SALTED_ORDER, Rules.NO_THREAD_LOCALS,
                Rules.NO_CLIENT_IN_THE_SERVER)
                .map(rule -> DynamicTest.dynamicTest(name(rule),
                        () -> rule.check(Modules.classes())));
    }

    @Test
    void everyPackageIsNullMarked() {
        List<JavaPackage> packages = Modules.classes()
                .stream()
                .map(c -> c.getPackage())
                .distinct()
                .toList();
        assertThat(packages).hasSizeGreaterThan(Modules.values().length)
                .allSatisfy(p -> assertThat(p.isAnnotatedWith(NullMarked.class))
                        .as("%s is @NullMarked", p.getName())
                        .isTrue());
    }

    @Test
    void targetStaysARoleOfFewMethods() {
        assertThat(Arrays.stream(Target.class.getMethods())
                .filter(m -> Modifier.isAbstract(m.getModifiers()))).isNotEmpty()
                .hasSizeLessThan(8);
    }

    private static String name(ArchRule rule) {
        return rule.getDescription().replaceAll(", because .*", "");
    }
}
