package dev.brigade.contract.serde;

import java.util.Optional;
import org.apache.avro.Schema;

/** Gives ids to schemas and schemas to ids. Safe for use by many threads. */
public interface SchemaRegistry {

    /**
     * The id under which a schema of the contract is written.
     *
     * @throws IllegalStateException when the registry does not know it and does not take it
     */
    int idOf(Schema schema);

    /** The schema with an id; empty when the registry does not know it. */
    Optional<Schema> byId(int id);

    /** The registry at a URL, or the contract's own fixed ids where there is none. */
    static SchemaRegistry of(Optional<String> url) {
        return url.<SchemaRegistry>map(HttpSchemaRegistry::new).orElseGet(BuiltInSchemas::instance);
    }
}
