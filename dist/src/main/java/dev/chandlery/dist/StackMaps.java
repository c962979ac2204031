package dev.chandlery.dist;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ConstantDescs;
import java.nio.ByteBuffer;

/**
 * Gives stack maps to class files from before Java 6, as picocli's are. The JVM verifies those by the old, slow
 * verifier, and leaves them out of AOT caches: each command read, parsed and verified some 170 of them anew.
 *
 * <p><b>Spec:</b> JVMS 4.10: classes of version 50 and later are verified by type checking.
 */
final class StackMaps {
    private static final int VERSION_AT = 6;

    private StackMaps() {}

    /** Whether it has none. */
    static boolean lacking(byte[] classFile) {
        ByteBuffer bytes = ByteBuffer.wrap(classFile);
        return classFile.length > VERSION_AT + 1
                && bytes.getInt() == ClassFile.MAGIC_NUMBER
                && (bytes.getShort(VERSION_AT) & 0xffff) < ClassFile.JAVA_6_VERSION;
    }

    /**
     * The class with stack maps; as it is when it has them.
     *
     * @param loader knows what the class extends
     */
    static byte[] added(byte[] classFile, ClassLoader loader) {
        if (!lacking(classFile)) {
            return classFile;
        }
        ClassHierarchyResolver resolver = ClassHierarchyResolver.ofResourceParsing(loader)
                .orElse(ClassHierarchyResolver.defaultResolver())
                .orElse(_ -> ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object));
        ClassFile files = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS,
                ClassHierarchyResolverOption.of(resolver));
        ClassModel model = files.parse(classFile);
        return files.transformClass(model, ClassTransform.transformingMethodBodies(
                CodeTransform.ACCEPT_ALL)
                .andThen((builder, element) -> builder.with(element instanceof ClassFileVersion
                        ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0)
                        : element)));
    }
}
