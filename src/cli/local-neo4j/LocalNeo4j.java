import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import javax.management.JMException;
import javax.management.ObjectName;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.event.DatabaseEventContext;
import org.neo4j.graphdb.event.DatabaseEventListenerAdapter;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * Runs Neo4j in the folder {@code home} as its {@code neo4j.conf} says, and writes the port it took to {@code home/port}.
 *
 * <p>It begins only when a line arrives on standard input: the starting process sends it once it has written down whom
 * it started, so that no Neo4j ever runs without a record. Told {@code --throw-away}, it also ends when standard input
 * ends (the process that started it is gone), and takes its folder with it.
 *
 * <p>It also ends when a database panics, for example because the disk is full: such a database answers nothing more, and the
 * process that started this one can start another one.
 *
 * <p>Told {@code --archive-classes file}, it writes an archive of the classes that it has loaded when it ends.
 */
public final class LocalNeo4j {
  public static void main(String[] arguments) throws IOException {
    var home = Path.of(arguments[0]);
    var options = Arrays.asList(arguments).subList(1, arguments.length);
    var throwAway = options.contains("--throw-away");
    var archive = options.indexOf("--archive-classes");
    if (System.in.read() < 0) return;

    var neo4j = new DatabaseManagementServiceBuilder(home).loadPropertiesFromFile(home.resolve("neo4j.conf")).build();
    neo4j.registerDatabaseEventListener(new DatabaseEventListenerAdapter() {
      @Override
      public void databasePanic(DatabaseEventContext context) {
        System.err.println("The database " + context.getDatabaseName() + " panicked, so Neo4j ends.");
        // As a crash does: what was committed is in the transaction logs, and an orderly end could wait for the database.
        Runtime.getRuntime().halt(1);
      }
    });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      neo4j.shutdown();
      if (archive >= 0) archiveClasses(options.get(archive + 1));
    }));
    var database = (GraphDatabaseAPI) neo4j.database("neo4j");
    if (!database.isAvailable(10_000)) {
      System.err.println("The database cannot be opened; " + home.resolve("logs/debug.log") + " says why.");
      Runtime.getRuntime().halt(1);
    }
    var ports = database.getDependencyResolver().resolveDependency(ConnectorPortRegister.class);
    var part = Files.writeString(home.resolve("port.part"), "" + ports.getLocalAddress(ConnectorType.BOLT).getPort());
    Files.move(part, home.resolve("port"), StandardCopyOption.ATOMIC_MOVE);

    if (!throwAway) return;
    while (System.in.read() >= 0) {}
    neo4j.shutdown();
    try (var files = Files.walk(home)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
    System.exit(0);
  }

  /** Writes the file completely or not at all. Without it, the next Neo4j only starts more slowly. */
  private static void archiveClasses(String file) {
    // Another Neo4j may have ended before.
    if (Files.exists(Path.of(file))) return;
    var part = file + "." + ProcessHandle.current().pid();
    try {
      var commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
      Object[] dump = {new String[] {"dynamic_dump", part}};
      ManagementFactory.getPlatformMBeanServer().invoke(commands, "vmCds", dump, new String[] {String[].class.getName()});
      Files.move(Path.of(part), Path.of(file), StandardCopyOption.ATOMIC_MOVE);
    } catch (JMException | IOException failure) {
      System.err.println("Java could not archive the classes: " + failure);
    }
  }
}
