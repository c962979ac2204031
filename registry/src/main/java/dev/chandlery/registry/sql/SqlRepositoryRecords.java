package dev.chandlery.registry.sql;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.NameRange;
import dev.chandlery.registry.metadata.Page;
import dev.chandlery.registry.metadata.RepositoryRecords;
import java.util.List;

/** The table {@code repository}. */
record SqlRepositoryRecords(SqlDatabase database) implements RepositoryRecords {

    @Override
    public boolean exists(RepositoryName repository) {
        return database.read(h -> h.createQuery("SELECT 1 FROM repository WHERE name = :name")
                .bind("name", repository.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    @Override
    public long bytes(RepositoryName repository) {
        String sql = "SELECT COALESCE(SUM(size), 0) FROM membership WHERE repository = :name";
        return database.read(h -> h.createQuery(sql)
                .bind("name", repository.value())
                .mapTo(Long.class)
                .one());
    }

    @Override
    public List<RepositoryName> list(NameRange among, Page page) {
        String sql = "SELECT name FROM repository r"
                + " WHERE r.name > :after AND r.name >= :from AND r.name < :to"
                + " AND EXISTS (SELECT 1 FROM manifest m WHERE m.repository = r.name)"
                + " ORDER BY r.name LIMIT :limit";
        return database.read(h -> h.createQuery(sql)
                .bind("after", page.after())
                .bind("from", among.from())
                .bind("to", among.to())
                .bind("limit", page.limit())
                .mapTo(String.class)
                .list()).stream().map(RepositoryName::new).toList();
    }
}
