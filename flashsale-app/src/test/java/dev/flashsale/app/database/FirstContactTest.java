package dev.flashsale.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.adapter.jdbc.testing.SwitchedNetwork;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.adapter.jdbc.testing.TestUser;
import dev.flashsale.app.Problem;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FirstContactTest {

    private static final TestDatabase DATABASE = TestDatabase.get();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aServerThatIsAsItShouldBeIsTold() {
        List<Finding> findings = contact("?allowPublicKeyRetrieval=true", DATABASE, PATIENCE);

        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Finding.Severity.REFUSE)
                .isEmpty();
    }

    /** MySQL alone encrypts a password that goes without TLS. */
    @Test
    void aPasswordThatTheServerTakesOnlyEncryptedIsSaidAtOnce() throws SQLException {
        try (TestUser user = TestUser.in(DATABASE).with("all")) {
            if (isMariaDb()) {
                assertThat(contact("?sslMode=DISABLED", user.login(), PATIENCE)).isNotEmpty();
            } else {
                saysAtOnce("?sslMode=DISABLED", user.login(), "sslMode=REQUIRED", "allowPublicKeyRetrieval=true");
            }
        }
    }

    /** The embedded one has no TLS; of the other nobody knows the certificate. */
    @Test
    void tlsThatCannotBeIsSaidAtOnce() {
        saysAtOnce("?sslMode=VERIFY_IDENTITY&allowPublicKeyRetrieval=true", DATABASE, "No TLS", "sslMode");
    }

    @Test
    void aServerThatIsNotTheWriterIsWaitedForAndNamed() throws Exception {
        try (SwitchedNetwork network = new SwitchedNetwork(DATABASE)) {
            network.readOnly(true);
            TestDatabase replica = new TestDatabase(
                    DATABASE.url().replaceFirst("//[^/]+/", "//" + network.address() + "/"),
                    DATABASE.username(),
                    DATABASE.password());
            Duration patience = Duration.ofSeconds(1);
            long from = System.nanoTime();

            assertThatThrownBy(() -> contact("?sslMode=DISABLED&allowPublicKeyRetrieval=true", replica, patience))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(network.address() + " has read_only=1")
                    .hasMessageContaining("jdbc:mysql://a:3306,b:3306/");
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(patience);
        }
    }

    private static void saysAtOnce(String parameters, TestDatabase login, String... words) {
        long from = System.nanoTime();

        assertThatThrownBy(() -> contact(parameters, login, PATIENCE))
                .isInstanceOf(Problem.class)
                .hasMessageContainingAll(words);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
    }

    private static List<Finding> contact(String parameters, TestDatabase login, Duration patience) {
        return new FirstContact(new Access(login.url() + parameters, login.username(), login.password()), patience)
                .await();
    }

    private static boolean isMariaDb() throws SQLException {
        try (var connection = DATABASE.connect()) {
            return connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
        }
    }
}
