package dev.chandlery.scheduler.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Has Quartz see another time than the machine's, as on a machine whose clock is off. */
public final class ShiftedClockAgent implements ClassFileTransformer {
    private static final ClassDesc SELF = ClassDesc.of(ShiftedClockAgent.class.getName());
    private static final MethodTypeDesc MILLIS = MethodTypeDesc.of(ConstantDescs.CD_long);
    private static volatile long offset;

    /** Argument: milliseconds that the clock is off. */
    public static void premain(String argument, Instrumentation instrumentation) {
        offset = Long.parseLong(argument);
        instrumentation.addTransformer(new ShiftedClockAgent());
    }

    /** What Quartz calls instead of the system's. */
    public static long millis() {
        return System.currentTimeMillis() + offset;
    }

    /** A jar that names this class as an agent; the class itself is on the class path. */
    static Path jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .putValue("Premain-Class", ShiftedClockAgent.class.getName());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
        return file;
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> type,
            ProtectionDomain domain, byte[] bytes) {
        if (name == null || !name.startsWith("org/quartz/")) {
            return null;
        }
        ClassFile file = ClassFile.of();
        return file.transformClass(file.parse(bytes), ClassTransform.transformingMethodBodies(
                ShiftedClockAgent::shift));
    }

    private static void shift(CodeBuilder code, CodeElement element) {
        if (!(element instanceof InvokeInstruction call)) {
            code.with(element);
            return;
        }
        String target = call.owner().asInternalName() + "." + call.name().stringValue() + call
                .type()
                .stringValue();
        switch (target) {
            case "java/lang/System.currentTimeMillis()J" -> code.invokestatic(SELF, "millis",
                    MILLIS);
            case "java/util/Date.<init>()V" -> code.invokestatic(SELF, "millis", MILLIS)
                    .invokespecial(ClassDesc.of("java.util.Date"), "<init>", MethodTypeDesc.of(
                            ConstantDescs.CD_void, ConstantDescs.CD_long));
            default -> code.with(element);
        }
    }
}
