package io.orderflow.local;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The schemas that the system publishes, as another program finds them. */
class Schemas {
    /** By the standard a format is a remark; here it is a rule. */
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
        schemas -> schemas.schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private Schemas() {
    }

    /** The schema of a topic's events, or of the {@code headers} that they all have. */
    static Schema of(String name) {
        try (InputStream schema = Schemas.class.getResourceAsStream("/events/" + name + ".schema.json")) {
            return SCHEMAS.getSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
