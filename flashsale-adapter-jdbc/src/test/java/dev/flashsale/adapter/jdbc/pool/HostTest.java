package dev.flashsale.adapter.jdbc.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

    @Test
    void aListIsTakenApart() {
        assertThat(Host.in("jdbc:mysql://a,b:3307/shop?x=y,z#here"))
                .containsExactly(
                        new Host("a", "jdbc:mysql://a/shop?x=y,z#here"),
                        new Host("b:3307", "jdbc:mysql://b:3307/shop?x=y,z#here"));
    }

    @Test
    void aLoginBeforeTheListIsEveryHosts() {
        assertThat(Host.in("jdbc:mysql://me:pw@a,b,you:px@c/shop"))
                .containsExactly(
                        new Host("a", "jdbc:mysql://me:pw@a/shop"),
                        new Host("b", "jdbc:mysql://me:pw@b/shop"),
                        new Host("c", "jdbc:mysql://you:px@c/shop"));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://a/shop?x=b;c, a",
        "'jdbc:mysql://me:pw@a:3307/shop?x=b,c', a:3307",
        "jdbc:mysql:///shop, ''",
        "'jdbc:aws-wrapper:mysql://a,b/shop', 'a,b'"
    })
    void whatIsNoListOfOursIsLeftAsItIs(String url, String name) {
        assertThat(Host.in(url)).containsExactly(new Host(name, url));
    }

    @ParameterizedTest
    @CsvSource({
        "'jdbc:mysql://(host=a),(host=b)/shop', 'jdbc:mysql://(host=a),(host=b)/shop?failOverReadOnly=false'",
        "'jdbc:mysql://[a,b]/shop?x=y#z', 'jdbc:mysql://[a,b]/shop?x=y&failOverReadOnly=false#z'",
        "'jdbc:mysql://address=(host=a),b/shop', 'jdbc:mysql://address=(host=a),b/shop?failOverReadOnly=false'"
    })
    void aListOfAnotherFormIsTheDriversAndMayBeWrittenTo(String url, String given) {
        assertThat(Host.in(url)).extracting(Host::url).containsExactly(given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql:replication://a,b/shop?password=hidden",
                "jdbc:mysql:loadbalance://hidden@a,b/shop",
                "jdbc:mysql+srv://hidden/shop",
                "jdbc:mysql+srv:replication://hidden/shop"
            })
    void aUrlByWhichTheDriverChoosesIsRefusedWithWhatToWrite(String url) {
        assertThatThrownBy(() -> Host.in(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(url.substring(0, url.indexOf("//")))
                .hasMessageContaining("jdbc:mysql://a:3306,b:3306/database")
                .hasMessageNotContaining("hidden");
    }
}
