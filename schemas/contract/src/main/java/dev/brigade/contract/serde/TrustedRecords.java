package dev.brigade.contract.serde;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that the contract's generated classes may be made from schemas. Avro trusts no class that it was not told of,
 * not even for the default of an enum in a builder. What an application trusts besides stays trusted.
 */
public final class TrustedRecords {

    private static final String PACKAGE = "dev.brigade.schema";

    static {
        ClassSecurityValidator.ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(
                        before, type -> type.getPackageName().equals(PACKAGE)));
    }

    private TrustedRecords() {}

    /** Makes sure that it is told; call it before a builder of the contract's classes is used. Idempotent. */
    public static void trust() {
        // The class's initialisation has done it.
    }
}
