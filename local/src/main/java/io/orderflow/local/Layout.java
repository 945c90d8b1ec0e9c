package io.orderflow.local;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the services' databases are shared out: all on one PostgreSQL server, or each service on one of its own. */
public enum Layout {

    ONE(new Server("postgres", List.of("orders", "inventory", "payments", "gateway"))),
    THREE(new Server("postgres-orders", List.of("orders")), new Server("postgres-inventory", List.of("inventory")),
        new Server("postgres-payments", List.of("payments", "gateway")));

    private record Server(String folder, List<String> databases) {
    }

    private final List<Server> servers;

    Layout(Server... servers) {
        this.servers = List.of(servers);
    }

    /** How many servers there are. */
    public int size() {
        return servers.size();
    }

    /** The servers of this layout, on ports that follow each other; refuses a folder whose data is laid out otherwise. */
    public List<Postgres> servers(DataFolder folder, int firstPort, Passwords passwords) {
        for (Layout other : values()) {
            if (other != this && Files.exists(folder.resolve(other.servers.get(0).folder))) {
                throw new Problem(folder.path() + " was made with --postgres=" + other.size() + ": say so again, choose another folder with --data,"
                    + " or start over with --fresh.");
            }
        }
        return IntStream.range(0, size()).mapToObj(i -> new Postgres(folder.resolve(servers.get(i).folder), folder.resolve("postgres-programs"),
            firstPort + i, servers.get(i).databases, passwords)).toList();
    }

    /** Stops what a killed process left running on this folder, whatever its layout. */
    public static void stopLeftOvers(DataFolder folder) {
        Arrays.stream(values()).flatMap(layout -> layout.servers.stream()).forEach(server -> Postgres.stopLeftOver(folder.resolve(server.folder)));
    }

    /** Reads {@code 1} or {@code 3}. */
    static class Converter implements ITypeConverter<Layout> {

        @Override
        public Layout convert(String count) {
            return Arrays.stream(values()).filter(layout -> Integer.toString(layout.size()).equals(count)).findAny()
                .orElseThrow(() -> new TypeConversionException("must be 1 or 3, not '" + count + "'"));
        }
    }
}
