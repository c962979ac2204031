package dev.chandlery.registry.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Queries of requests that come by the thousand: JDBI costs several times what such a one does. */
final class Rows {
    private Rows() {}

    /** Makes a value of the row that a result stands at. */
    @FunctionalInterface
    interface Mapper<T> {
        T of(ResultSet row) throws SQLException;
    }

    /**
     * The first row, empty when there is none.
     *
     * @param parameters for the question marks, in their order
     */
    static <T> Optional<T> first(Handle handle, String sql, Mapper<T> mapper,
            String... parameters) {
        try (PreparedStatement query = handle.getConnection().prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.of(mapper.of(rows)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw DatabaseFailures.of("read", e);
        }
    }
}
