package dev.flashsale.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.app.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The binaries are kept under target/, everything else is fresh for each test. */
class EmbeddedDatabaseTest {

    private static final Path FOLDER = Path.of("target", "embedded");

    @BeforeEach
    @AfterEach
    void forgetTheData() throws IOException {
        Folders.delete(FOLDER.resolve("data"));
    }

    @Test
    void keeps_what_was_committed_and_leaves_no_process() throws SQLException {
        // given
        long pid;
        try (EmbeddedDatabase database = EmbeddedDatabase.start(FOLDER)) {
            pid = database.pid();
            execute(database, "create table kept (id int primary key) engine = InnoDB");
            execute(database, "insert into kept values (42)");
        }

        // when
        assertThat(isRunning(pid)).isFalse();
        try (EmbeddedDatabase again = EmbeddedDatabase.start(FOLDER)) {

            // then
            assertThat(query(again, "select id from kept")).isEqualTo("42");
            assertThat(query(again, "select @@innodb_flush_log_at_trx_commit")).isEqualTo("1");
            assertThat(query(again, "select @@character_set_server")).isEqualTo("utf8mb4");
            pid = again.pid();
        }
        assertThat(isRunning(pid)).isFalse();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its file names have no quotes")
    void lives_in_a_folder_with_a_space_quotes_and_other_letters(@TempDir Path parent)
            throws IOException, SQLException {
        // given
        Path home = Binaries.in(Files.createDirectories(FOLDER).toRealPath()).home();
        Path folder = Files.createDirectories(parent.resolve("my folder/ümlaut/it's \"q\""));
        Files.createSymbolicLink(folder.resolve(home.getFileName()), home);

        // when
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {

            // then
            assertThat(query(database, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void refuses_a_folder_that_is_in_use_and_says_what_to_do() {
        // given
        try (EmbeddedDatabase first = EmbeddedDatabase.start(FOLDER)) {

            // when
            assertThatThrownBy(() -> EmbeddedDatabase.start(FOLDER))

                    // then
                    .isInstanceOf(Problem.class)
                    .hasMessageContainingAll("already in use", "--embedded-folder", "--database-url");
            assertThat(isRunning(first.pid())).isTrue();
        }
    }

    @Test
    void lets_others_join_a_running_database_and_stops_it_for_its_owner_alone() {
        // given
        try (EmbeddedDatabase owner = EmbeddedDatabase.start(FOLDER)) {

            // when
            try (EmbeddedDatabase guest = EmbeddedDatabase.startOrJoin(FOLDER)) {
                assertThat(guest.url()).isEqualTo(owner.url());
            }

            // then
            assertThat(isRunning(owner.pid())).isTrue();
        }
    }

    @Test
    void stops_a_server_that_a_killed_program_left_behind() throws IOException, SQLException {
        // given
        Path data = FOLDER.resolve("data").toAbsolutePath();
        Binaries binaries = Binaries.in(Files.createDirectories(FOLDER).toRealPath());
        binaries.install(data);
        RunningServer abandoned = ServerProcess.start(binaries, FOLDER, data);

        // when
        try (EmbeddedDatabase database = EmbeddedDatabase.start(FOLDER)) {

            // then
            assertThat(isRunning(abandoned.pid())).isFalse();
            assertThat(query(database, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void leaves_a_process_alone_that_merely_has_the_noted_number() throws IOException {
        // given
        RunningServer other = new RunningServer(ProcessHandle.current().pid(), java.time.Instant.EPOCH, 1);
        other.writeTo(Files.createDirectories(FOLDER));

        // when, then
        assertThat(RunningServer.readFrom(FOLDER)).contains(other);
        assertThat(other.process()).isEmpty();
    }

    @Test
    void deletes_a_database_that_is_to_be_thrown_away() throws IOException {
        // given
        Path folder;
        long pid;
        try (EmbeddedDatabase database = EmbeddedDatabase.startThrowAway(FOLDER)) {
            folder = database.folder();
            pid = database.pid();
            assertThat(folder).isDirectory();
        }

        // then
        assertThat(folder).doesNotExist();
        assertThat(isRunning(pid)).isFalse();
        try (Stream<Path> left = Files.list(FOLDER)) {
            List<String> names = left.map(path -> path.getFileName().toString()).toList();
            assertThat(names).noneMatch(name -> name.startsWith("unpacking") || name.startsWith("throw-away"));
        }
    }

    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.username(), "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.username(), "");
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
