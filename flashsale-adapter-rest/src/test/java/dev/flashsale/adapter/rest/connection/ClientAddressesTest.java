package dev.flashsale.adapter.rest.connection;

import static dev.flashsale.adapter.rest.ForwardedHeader.FORWARDED;
import static dev.flashsale.adapter.rest.ForwardedHeader.X_FORWARDED_FOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.adapter.rest.ForwardedHeader;
import dev.flashsale.adapter.rest.LimitSettings;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind proxies in 10.0.0.0/8 and 2001:db8:ffff::/48. */
class ClientAddressesTest {

    private static final List<String> PROXIES = List.of("10.0.0.0/8", "2001:db8:ffff::/48");
    private static final String PROXY = "10.1.2.3";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.1                        | 198.51.100.1",
                "'203.0.113.9, 198.51.100.1'         | 198.51.100.1",
                "'198.51.100.1, 10.9.9.9'            | 198.51.100.1",
                "198.51.100.1:4711                   | 198.51.100.1",
                "2001:db8::1                         | 2001:db8::1",
                "[2001:db8::1]                       | 2001:db8::1",
                "[2001:db8::1]:4711                  | 2001:db8::1",
                "::ffff:198.51.100.1                 | 198.51.100.1",
                "'198.51.100.1, 2001:db8:ffff::2'    | 198.51.100.1",
                "10.9.9.9                            | 10.9.9.9"
            })
    void a_trusted_proxy_is_believed_and_what_its_client_wrote_is_not(String header, String client) throws Exception {
        assertThat(client(X_FORWARDED_FOR, PROXY, header)).isEqualTo(InetAddress.getByName(client));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=198.51.100.1                                            | 198.51.100.1",
                "'For=\"198.51.100.1:4711\";proto=https;by=10.1.2.3'         | 198.51.100.1",
                "'proto=https; for=\"[2001:db8::1]:4711\"'                   | 2001:db8::1",
                "'for=203.0.113.9, for=198.51.100.1'                         | 198.51.100.1",
                "'for=198.51.100.1, for=10.9.9.9'                            | 198.51.100.1",
                "'for=\"203.0.113.9, for=198.51.100.1'                       | 198.51.100.1"
            })
    void so_it_is_in_the_header_of_the_standard(String header, String client) throws Exception {
        assertThat(client(FORWARDED, PROXY, header)).isEqualTo(InetAddress.getByName(client));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unknown", "", " ", "host.example", "999.1.1.1", "1.2.3", "1.2.3.4.5", "[::1", "::g", ":::"})
    void a_proxy_that_names_no_address_answers_for_its_client(String header) throws Exception {
        assertThat(client(X_FORWARDED_FOR, PROXY, "203.0.113.9, " + header)).isEqualTo(InetAddress.getByName(PROXY));
        assertThat(client(FORWARDED, PROXY, "for=203.0.113.9, for=" + header)).isEqualTo(InetAddress.getByName(PROXY));
    }

    @Test
    void several_lines_are_one_list() throws Exception {
        assertThat(client(X_FORWARDED_FOR, PROXY, "203.0.113.9", "198.51.100.1, 10.9.9.9"))
                .isEqualTo(InetAddress.getByName("198.51.100.1"));
    }

    @Test
    void anybody_else_is_not_believed() throws Exception {
        String peer = "203.0.113.1";

        assertThat(client(X_FORWARDED_FOR, peer, "198.51.100.1")).isEqualTo(InetAddress.getByName(peer));
        assertThat(client(X_FORWARDED_FOR, "2001:db8::1", "198.51.100.1"))
                .isEqualTo(InetAddress.getByName("2001:db8::1"));
    }

    @Test
    void the_other_header_is_not_believed_even_of_a_proxy() throws Exception {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.add(HeaderNames.create("Forwarded"), "for=198.51.100.1");

        assertThat(addresses(X_FORWARDED_FOR).client(InetAddress.getByName(PROXY), headers))
                .isEqualTo(InetAddress.getByName(PROXY));
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.1, 198.51.100.1, true",
        "198.51.100.1, 198.51.100.2, false",
        "2001:db8:0:1::1, 2001:db8:0:1:ffff:ffff:ffff:ffff, true",
        "2001:db8:0:1::1, 2001:db8:0:2::1, false",
        "::ffff:198.51.100.1, 198.51.100.1, true"
    })
    void an_ipv6_client_is_known_by_the_first_half_of_its_address(String one, String other, boolean same)
            throws Exception {
        long number = ClientAddresses.numberOf(InetAddress.getByName(one));

        assertThat(ClientAddresses.numberOf(InetAddress.getByName(other)) == number)
                .isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.129, true",
        "0.0.0.0/0, 203.0.113.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false"
    })
    void a_range_has_the_addresses_that_begin_with_its_bits(String range, String address, boolean contained)
            throws Exception {
        assertThat(AddressRange.parse(range).orElseThrow().contains(InetAddress.getByName(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "host/8", "10.0.0/8", "*"})
    void what_is_no_range_is_refused(String text) {
        assertThat(LimitSettings.isRange(text)).isFalse();
        assertThatThrownBy(() -> new LimitSettings(null, null, List.of(text), X_FORWARDED_FOR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trusted proxies");
    }

    private static InetAddress client(ForwardedHeader header, String peer, String... lines) throws Exception {
        WritableHeaders<?> headers = WritableHeaders.create();
        for (String line : lines) {
            headers.add(HeaderNames.create(header == FORWARDED ? "Forwarded" : "X-Forwarded-For"), line);
        }
        return addresses(header).client(InetAddress.getByName(peer), headers);
    }

    private static ClientAddresses addresses(ForwardedHeader header) {
        return new ClientAddresses(new LimitSettings(null, null, PROXIES, header));
    }
}
