package dev.chandlery.registry.sql;

import dev.chandlery.registry.metadata.RegistryFacts;

/** The table {@code registry_fact}. */
record SqlRegistryFacts(SqlDatabase database) implements RegistryFacts {

    @Override
    public String agree(String name, String value) {
        return database.write(h -> {
            h.createUpdate("INSERT INTO registry_fact (name, value) VALUES (:name, :value)"
                    + " ON CONFLICT (name) DO NOTHING")
                    .bind("name", name)
                    .bind("value", value)
                    .execute();
            return h.createQuery("SELECT value FROM registry_fact WHERE name = :name")
                    .bind("name", name)
                    .mapTo(String.class)
                    .one();
        });
    }
}
