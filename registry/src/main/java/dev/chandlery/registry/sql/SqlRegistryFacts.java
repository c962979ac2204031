package dev.chandlery.registry.sql;

import dev.chandlery.registry.metadata.RegistryFacts;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code registry_fact}. */
record SqlRegistryFacts(SqlDatabase database) implements RegistryFacts {

    @Override
    public String agree(String name, String value) {
        return database.read(h -> find(h, name)).orElseGet(() -> database.write(h -> {
            h.createUpdate("INSERT INTO registry_fact (name, value) VALUES (:name, :value)"
                    + " ON CONFLICT (name) DO NOTHING")
                    .bind("name", name)
                    .bind("value", value)
                    .execute();
            return find(h, name).orElseThrow();
        }));
    }

    private static Optional<String> find(Handle handle, String name) {
        return handle.createQuery("SELECT value FROM registry_fact WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }
}
