package io.orderflow.local;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives one machine a real PostgreSQL whose data outlives it: for each service one database, a role that owns it and one that only reads and
 * writes what is in it; none can see another's.
 *
 * <p>It keeps every promise a production server makes (fsync, synchronous commit, full-page writes), listens on the loopback address only, asks
 * everybody for a password, and can be stopped and started again on the same folder and port. A server left behind by a process that was killed
 * is stopped before the new one starts.
 */
public class Postgres implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String SUPERUSER = "postgres";
    private static final String APP = "_app";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> SETTINGS = Map.ofEntries(
        Map.entry("listen_addresses", HOST),
        Map.entry("unix_socket_directories", ""),
        Map.entry("password_encryption", "scram-sha-256"),
        Map.entry("fsync", "on"),
        Map.entry("synchronous_commit", "on"),
        Map.entry("full_page_writes", "on"),
        Map.entry("autovacuum", "on"),
        Map.entry("shared_buffers", "256MB"),
        // A checkpoint makes the next change of each page write all of it to the log: not every minute, then.
        Map.entry("max_wal_size", "2GB"),
        Map.entry("checkpoint_timeout", "15min"),
        Map.entry("max_connections", "100"));
    /** The same sorting and upper case on every operating system. */
    private static final Map<String, String> LOCALE = Map.of("locale", "C", "locale-provider", "builtin", "builtin-locale", "C.UTF-8");

    private final Path folder;
    private final Path programs;
    private final int port;
    private final List<String> names;
    private final Passwords passwords;
    private EmbeddedPostgres server;

    /**
     * @param folder where this server keeps its data and its log
     * @param programs where the PostgreSQL programs are unpacked to; servers may share it
     * @param port the port on the loopback address
     * @param names the databases, each owned by a role of the same name and served by one of that name with {@value #APP} behind it
     * @param passwords where the roles' passwords are kept
     */
    public Postgres(Path folder, Path programs, int port, List<String> names, Passwords passwords) {
        this.folder = folder;
        this.programs = programs;
        this.port = port;
        this.names = List.copyOf(names);
        this.passwords = passwords;
    }

    /** Starts the server and returns when every service can log in to its database. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        refuseRoot();
        stopLeftOver(folder);
        try {
            Files.createDirectories(folder);
            Files.createDirectories(programs);
            server = boot();
            createDatabases();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start (its log is " + log() + ")", e);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL started, but its databases could not be made: " + e.getMessage(), e);
        }
    }

    /** Stops the server in good order; {@link #start()} takes it up again where it was. */
    public synchronized void stop() {
        if (server == null) {
            return;
        }
        try {
            server.close();
            // The library gives up after a few seconds, but a busy server first writes out all that it has in memory.
            stopLeftOver(folder);
            server = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** The databases of this server, with all that a service needs to log in. */
    public List<Database> databases() {
        return names.stream().map(name -> new Database(name, "jdbc:postgresql://" + HOST + ":" + port + "/" + name, name, passwords.of(name),
            new Login(name + APP, passwords.of(name + APP)))).toList();
    }

    /** Where it listens. */
    public String address() {
        return HOST + ":" + port;
    }

    /** Stops the server that a killed process left behind on this folder, if there is one, so that its port is free and its data at rest. */
    public static void stopLeftOver(Path folder) {
        try {
            Optional<Postmaster> leftOver = Postmaster.of(folder.resolve("data"));
            if (leftOver.isPresent()) {
                leftOver.get().retire();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedPostgres boot() throws IOException {
        System.setProperty("ot.epg.working-dir", programs.toString());
        Path unfinished = beginUnlessBegun();
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
            .setDataDirectory(data())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setOverrideWorkingDirectory(programs.toFile())
            .setPgBinaryResolver(new Programs(programs))
            .setOutputRedirector(Redirect.appendTo(log().toFile()))
            .setPort(port)
            .setPGStartupWait(PATIENCE)
            .setConnectConfig("password", passwords.of(SUPERUSER));
        SETTINGS.forEach(builder::setServerConfig);
        LOCALE.forEach(builder::setLocaleConfig);
        // The library hands these on to initdb as they are; said later than its own '-A trust', they win.
        builder.setLocaleConfig("auth", "scram-sha-256").setLocaleConfig("pwfile", unfinished.toString());
        EmbeddedPostgres started = builder.start();
        Files.deleteIfExists(unfinished);
        return started;
    }

    /** Keeps the superuser's first password in a file until the first start is done; where it is found again, that start was cut off and begins anew. */
    private Path beginUnlessBegun() throws IOException {
        Path unfinished = folder.resolve("first-start.tmp");
        if (Files.exists(unfinished) || !Files.exists(data())) {
            Disk.delete(data());
            Disk.delete(unfinished);
            Disk.createPrivateFile(unfinished);
            Files.writeString(unfinished, passwords.of(SUPERUSER));
        }
        return unfinished;
    }

    private void createDatabases() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            for (String shared : List.of("postgres", "template1")) {
                statement.execute("revoke connect, temporary on database " + shared + " from public");
            }
            for (Database database : databases()) {
                for (Login role : List.of(new Login(database.username(), database.password()), database.app())) {
                    if (isMissing(connection, "select 1 from pg_roles where rolname = ?", role.username())) {
                        statement.execute("create role " + role.username() + " login password '" + role.password() + "'");
                    }
                }
                if (isMissing(connection, "select 1 from pg_database where datname = ?", database.name())) {
                    statement.execute("create database " + database.name() + " owner " + database.username());
                }
                statement.execute("revoke connect, temporary on database " + database.name() + " from public");
                statement.execute("grant connect on database " + database.name() + " to " + database.app().username());
                // The owner sees what the app's sessions do, and can end them.
                statement.execute("grant " + database.app().username() + " to " + database.username());
            }
        }
    }

    private static boolean isMissing(Connection connection, String question, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, name);
            try (ResultSet found = statement.executeQuery()) {
                return !found.next();
            }
        }
    }

    /** PostgreSQL never runs as root; the library steps down by a user namespace where it may. */
    private static void refuseRoot() {
        try {
            boolean root = Files.exists(Path.of("/proc/self")) && Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
            if (root && !LinuxUtils.isUnshareAvailable()) {
                throw new Problem("PostgreSQL refuses to run as root, and user namespaces (unshare -U) are not allowed here: start orderflow as an ordinary user.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("postgres.log");
    }

    /** Finds the PostgreSQL programs for this machine; the library asks before it unpacks, so a half-unpacked set is thrown away first. */
    private record Programs(Path folder) implements PgBinaryResolver {

        @Override
        public InputStream getPgBinary(String system, String architecture) throws IOException {
            try (DirectoryStream<Path> sets = Files.newDirectoryStream(folder, "PG-*")) {
                for (Path set : sets) {
                    if (Files.exists(set.resolve("epg-lock"))) {
                        Disk.delete(set);
                    }
                }
            }
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, architecture);
        }
    }
}
