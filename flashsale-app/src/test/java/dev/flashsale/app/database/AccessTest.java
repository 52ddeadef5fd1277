package dev.flashsale.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import dev.flashsale.adapter.jdbc.pool.DriverProperties;
import dev.flashsale.adapter.jdbc.pool.EvictFormerWriter;
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
    @ValueSource(strings = {"jdbc:mysql:replication:", "jdbc:mysql:loadbalance:", "jdbc:mysql+srv:"})
    void a_url_by_which_the_driver_chooses_a_server_is_refused_by_name(String scheme) {
        assertThatThrownBy(() -> new Access(scheme + "//me:hidden@a,b/shop", "root", "hidden"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("flashsale.database.url")
                .hasMessageContaining(scheme)
                .hasMessageContaining("jdbc:mysql://a:3306,b:3306/")
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
    void the_driver_is_told_the_login_and_what_the_library_tells_it() {
        // given
        String url = "jdbc:mysql://db/shop?sessionVariables=wait_timeout=600";

        // when
        Properties properties = new Access(url, "app", "pw").properties(Duration.ofSeconds(30));

        // then
        assertThat(properties)
                .containsAllEntriesOf(DriverProperties.complete(url, Duration.ofSeconds(30)))
                .containsEntry(
                        "sessionVariables",
                        "innodb_lock_wait_timeout=2,wait_timeout=5,net_read_timeout=5,net_write_timeout=5,wait_timeout=600")
                .containsEntry("user", "app")
                .containsEntry("password", "pw");
    }

    @Test
    void the_pool_is_the_librarys_with_the_login() {
        // when
        HikariConfig pool = new Access("jdbc:mysql://db/shop", "app", "pw").pool(Duration.ofSeconds(30));

        // then
        assertThat(pool.getExceptionOverride()).isInstanceOf(EvictFormerWriter.class);
        assertThat(pool.isAutoCommit()).isFalse();
        assertThat(pool.getDataSourceProperties())
                .containsEntry("socketTimeout", "30000")
                .containsEntry("user", "app")
                .containsEntry("password", "pw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://db/shop?USER=me&x=y",
                "jdbc:mysql://db/shop?x=y&user=me",
                "jdbc:mysql://me:pw@db/shop"
            })
    void a_login_of_the_url_wins(String url) {
        // given
        Access access = new Access(url, "root", "");

        // then
        assertThat(access.properties(Duration.ZERO)).doesNotContainKeys("user", "password");
        assertThat(access.pool(Duration.ZERO).getDataSourceProperties()).doesNotContainKeys("user", "password");
    }

    @Test
    void a_user_that_is_something_else_is_no_login() {
        assertThat(new Access("jdbc:mysql://db/shop?superuser=x", "root", "").properties(Duration.ZERO))
                .containsEntry("user", "root");
    }
}
