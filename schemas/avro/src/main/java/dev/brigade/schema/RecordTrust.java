package dev.brigade.schema;

import org.apache.avro.Conversion;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Tells Avro that this package's classes may be made from records. Avro makes none but those that
 * were named to it, by a system property or in code; without that it can neither read a record nor
 * copy one.
 *
 * <p>It is a {@link Conversion} of nothing for one reason: Avro loads those by {@link
 * java.util.ServiceLoader} before it looks up any class, so no program that uses the records has to
 * remember a call. What others have named stays trusted.
 */
public final class RecordTrust extends Conversion<RecordTrust> {

    static {
        String ours = RecordTrust.class.getPackageName();
        ClassSecurityPredicate records = type -> type.getPackageName().equals(ours);
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), records));
    }

    @Override
    public Class<RecordTrust> getConvertedType() {
        return RecordTrust.class;
    }

    /** A logical type that no schema has. */
    @Override
    public String getLogicalTypeName() {
        return "brigade-record-trust";
    }
}
