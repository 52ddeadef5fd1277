package dev.flashsale.adapter.jdbc.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriverPropertiesTest {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    @Test
    void boundsEveryWaitAndNothingElse() {
        Properties properties = DriverProperties.bounds("jdbc:mysql://db/shop", ANSWER_WITHIN);

        assertThat(properties)
                .containsOnly(
                        entry("connectTimeout", "2000"),
                        entry("socketTimeout", "30000"),
                        entry("sessionVariables", "innodb_lock_wait_timeout=2"));
    }

    @Test
    void connectionsOfItsOwnSpeakUtcToo() {
        Properties properties = DriverProperties.complete("jdbc:mysql://db/shop", ANSWER_WITHIN);

        assertThat(properties)
                .containsKeys("connectTimeout", "socketTimeout")
                .contains(entry("connectionTimeZone", "UTC"), entry("cachePrepStmts", "true"));
    }

    @Test
    void aSessionOfItsOwnMayNotBeSilentForLongUnlessItMayTakeItsTime() {
        assertThat(DriverProperties.complete("jdbc:mysql://db/shop?sessionVariables=x=1", ANSWER_WITHIN))
                .containsEntry(
                        "sessionVariables",
                        "innodb_lock_wait_timeout=2,wait_timeout=5,net_read_timeout=5,net_write_timeout=5,x=1");
        assertThat(DriverProperties.complete("jdbc:mysql://db/shop", Duration.ZERO))
                .containsEntry("sessionVariables", "innodb_lock_wait_timeout=2");
    }

    @Test
    void whatTheUrlSaysIsLeftToIt() {
        Properties properties = DriverProperties.complete(
                "jdbc:mysql://db/shop?socketTimeout=1&CACHEPREPSTMTS=false&connection%54imeZone=SERVER#here",
                ANSWER_WITHIN);

        assertThat(properties)
                .doesNotContainKeys("socketTimeout", "cachePrepStmts", "connectionTimeZone")
                .containsKey("connectTimeout");
    }

    /** The server takes the last of two of one name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sessionVariables=wait_timeout=600 | innodb_lock_wait_timeout=2,wait_timeout=600",
                "SESSIONVARIABLES=wait_timeout=600&x=y | innodb_lock_wait_timeout=2,wait_timeout=600",
                "sessionVariables=sql_mode=%27ANSI,TRADITIONAL%27 | innodb_lock_wait_timeout=2,sql_mode='ANSI,TRADITIONAL'",
                "sessionVariables=innodb_lock_wait_timeout=9 | innodb_lock_wait_timeout=2,innodb_lock_wait_timeout=9",
                "sessionVariables= | innodb_lock_wait_timeout=2"
            })
    void sessionVariablesOfTheUrlStandBesideOursAndWin(String parameters, String expected) {
        Properties properties = DriverProperties.bounds("jdbc:mysql://db/shop?" + parameters, ANSWER_WITHIN);

        assertThat(properties).containsEntry("sessionVariables", expected);
    }

    @Test
    void aUrlThatIsNotWellFormedIsLeftToTheDriver() {
        assertThat(DriverProperties.bounds("jdbc:mysql://db/shop?password=50%&x", ANSWER_WITHIN))
                .hasSize(3);
    }

    @Test
    void zeroIsNoLimit() {
        assertThat(DriverProperties.bounds("jdbc:mysql://db/shop", Duration.ZERO))
                .containsEntry("socketTimeout", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT0.000001S", "PT600H"})
    void aLimitThatTheDriverCannotKeepIsRefused(Duration answerWithin) {
        assertThatThrownBy(() -> DriverProperties.bounds("jdbc:mysql://db/shop", answerWithin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(answerWithin.toString());
    }

    private static Map.Entry<Object, Object> entry(String name, String value) {
        return Map.entry(name, value);
    }
}
