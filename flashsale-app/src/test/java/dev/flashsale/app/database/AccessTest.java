package dev.flashsale.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.app.Problem;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mariadb://localhost:3306/flashsale",
                "jdbc:postgresql://user:hidden@localhost/flashsale",
                "localhost:3306",
                "jdbc:mysql://localhost:3306",
                "jdbc:mysql://localhost:3306/",
                "jdbc:mysql://localhost:3306/?user=u&password=hidden"
            })
    void a_url_that_cannot_be_used_is_refused_with_what_to_write_and_without_its_secrets(String url) {
        assertThatThrownBy(() -> new Access(url, "root", "hidden"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("jdbc:mysql://host:3306/flashsale")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://db/shop, db:3306, shop",
        "jdbc:mysql://db:3317/shop?useSSL=false, db:3317, shop",
        "jdbc:mysql://user:hidden@db:3317/shop, db:3317, shop",
        "'jdbc:mysql://a:1,b:2/shop', 'a:1,b:2', shop",
        "jdbc:mysql:///shop, localhost:3306, shop"
    })
    void says_where_the_database_is(String url, String address, String database) {
        // given
        Access access = new Access(url, "root", "hidden");

        // then
        assertThat(access.address()).isEqualTo(address);
        assertThat(access.database()).isEqualTo(database);
        assertThat(access.toString()).doesNotContain("hidden");
    }

    @Test
    void bounds_every_wait_and_speaks_utc() {
        // when
        Properties properties = new Access("jdbc:mysql://db/shop", "app", "pw").properties(Duration.ofSeconds(30));

        // then
        assertThat(properties)
                .containsEntry("connectTimeout", "5000")
                .containsEntry("socketTimeout", "30000")
                .containsEntry("sessionVariables", "innodb_lock_wait_timeout=2")
                .containsEntry("connectionTimeZone", "UTC")
                .containsEntry("user", "app")
                .containsEntry("password", "pw");
    }

    @Test
    void what_the_url_says_wins() {
        // given
        Access access = new Access("jdbc:mysql://db/shop?socketTimeout=1&CACHEPREPSTMTS=false&user=me", "root", "");

        // then
        assertThat(access.properties(Duration.ofSeconds(30)))
                .doesNotContainKeys("socketTimeout", "cachePrepStmts", "user", "password")
                .containsKey("connectTimeout");
    }
}
