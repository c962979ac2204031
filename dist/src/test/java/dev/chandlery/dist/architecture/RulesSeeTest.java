package dev.chandlery.dist.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.chandlery.dist.architecture.left.Left;
import dev.chandlery.dist.architecture.right.Right;
import java.io.ObjectInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rules find what they forbid: a rule that matches nothing would let everything pass. */
class RulesSeeTest {
    static final List<ArchRule> BROKEN = List.of(Rules.NO_SERIALIZED_OBJECTS,
            Rules.NO_STANDARD_OUTPUT, Rules.NO_LOCALE_BY_ACCIDENT, Rules.NO_THREAD_LOCALS);

    private static final JavaClasses OFFENDERS = new ClassFileImporter()
            .importClasses(Offender.class);

    @ParameterizedTest
    @FieldSource("BROKEN")
    void rulesFindTheOffender(ArchRule rule) {
        assertThat(rule.evaluate(OFFENDERS).hasViolation()).isTrue();
    }

    @Test
    void tableFindsTheForbiddenImport() {
        assertThat(noClasses().should()
                .dependOnClassesThat(Modules.OCI.forbidden())
                .evaluate(OFFENDERS)
                .hasViolation()).isTrue();
    }

    @Test
    void cyclesAreFound() {
        JavaClasses mutual = new ClassFileImporter().importClasses(Left.class, Right.class);
        assertThat(Rules.NO_CYCLES.evaluate(mutual).hasViolation()).isTrue();
    }

    /** Does everything that is forbidden. */
    @SuppressWarnings("all")
    static final class Offender {
        static final ThreadLocal<String> LAST = new ThreadLocal<>();

        final Modules fromAnotherModule = Modules.DIST;

        Object offend(ObjectInputStream in, String text) throws Exception {
            System.out.println(text.toLowerCase());
            return in.readObject();
        }
    }
}
