package dev.chandlery.scheduler.quartz;

import dev.chandlery.scheduler.history.PostgresStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.simpl.RAMJobStore;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Quartz's properties. */
final class QuartzSettings {
    private static final String CLUSTER = "chandlery";
    /**
     * A node that is silent for this and Quartz's own 7.5 seconds is taken for dead; so clocks may differ by
     * nearly the sum. Should they differ by more, a job that still runs is taken over, and finds its lock held.
     */
    private static final int CHECK_IN_MILLIS = 5_000;
    /** A node that did not see a trigger change looks again after this. */
    private static final int IDLE_MILLIS = 2_000;

    private QuartzSettings() {}

    static Properties of(String node, Optional<PostgresStore> database) {
        Properties settings = new Properties();
        // within one JVM, Quartz tells schedulers apart by this name only
        settings.put("org.quartz.scheduler.instanceName", database.isPresent()
                ? CLUSTER
                : CLUSTER + "-" + node);
        settings.put("org.quartz.scheduler.instanceId", node);
        settings.put("org.quartz.scheduler.skipUpdateCheck", "true");
        settings.put("org.quartz.threadPool.class", VirtualThreadPool.class.getName());
        settings.put("org.quartz.jobStore.misfireThreshold", "60000");
        if (database.isEmpty()) {
            settings.put("org.quartz.jobStore.class", RAMJobStore.class.getName());
            return settings;
        }
        String source = "chandlery-" + node;
        DBConnectionManager.getInstance()
                .addConnectionProvider(source, new Provider(database.get()));
        settings.put("org.quartz.scheduler.idleWaitTime", Integer.toString(IDLE_MILLIS));
        settings.put("org.quartz.jobStore.class", JobStoreTX.class.getName());
        settings.put("org.quartz.jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName());
        settings.put("org.quartz.jobStore.dataSource", source);
        settings.put("org.quartz.jobStore.tablePrefix", "QRTZ_");
        settings.put("org.quartz.jobStore.useProperties", "true"); // no serialised objects
        settings.put("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        settings.put("org.quartz.jobStore.isClustered", "true");
        settings.put("org.quartz.jobStore.clusterCheckinInterval", Integer.toString(
                CHECK_IN_MILLIS));
        return settings;
    }

    /** Connections of the store, which closes them. */
    private record Provider(PostgresStore store) implements ConnectionProvider {

        @Override
        public Connection getConnection() throws SQLException {
            return store.pool().getConnection();
        }

        @Override
        public void shutdown() {
            // the store's pool is closed by who opened the store
        }

        @Override
        public void initialize() {
            // it is open
        }
    }
}
