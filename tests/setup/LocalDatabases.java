import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * Runs a Neo4j in each of several folders, as the {@code neo4j.conf} there says. The second starts in half a second, and uses
 * what Java compiled for the first.
 *
 * <p>A line of standard input that is {@code +} and a folder starts one, which writes the port it took to the file
 * {@code port} of the folder. A line that is {@code -} and a folder stops it, which removes this file. A start that fails
 * writes why to the file {@code failure}. All end, and take their folders and the current one with them, when standard input
 * ends: the process that started this one is gone.
 */
public final class LocalDatabases {
  private final Map<Path, DatabaseManagementService> running = new LinkedHashMap<>();

  public static void main(String[] arguments) throws IOException {
    var databases = new LocalDatabases();
    try (var lines = new BufferedReader(new InputStreamReader(System.in))) {
      for (String line; (line = lines.readLine()) != null;) {
        var home = Path.of(line.substring(1));
        if (line.startsWith("+")) databases.start(home);
        else databases.stop(home);
      }
    }
    for (var home : List.copyOf(databases.running.keySet())) {
      databases.stop(home);
      remove(home);
    }
    remove(Path.of("").toAbsolutePath());
    System.exit(0);
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  private void start(Path home) throws IOException {
    try {
      var neo4j = new DatabaseManagementServiceBuilder(home).loadPropertiesFromFile(home.resolve("neo4j.conf")).build();
      running.put(home, neo4j);
      var ports = ((GraphDatabaseAPI) neo4j.database("neo4j")).getDependencyResolver()
          .resolveDependency(ConnectorPortRegister.class);
      write(home.resolve("port"), "" + ports.getLocalAddress(ConnectorType.BOLT).getPort());
    } catch (RuntimeException failure) {
      failure.printStackTrace();
      write(home.resolve("failure"), failure.toString());
    }
  }

  private void stop(Path home) throws IOException {
    running.remove(home).shutdown();
    Files.deleteIfExists(home.resolve("port"));
  }

  /** Writes the file completely or not at all. */
  private static void write(Path file, String text) throws IOException {
    var part = Files.writeString(file.resolveSibling(file.getFileName() + ".part"), text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
