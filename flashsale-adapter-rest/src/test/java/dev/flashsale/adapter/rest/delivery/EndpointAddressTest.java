package dev.flashsale.adapter.rest.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nothing may be sent, however it is written. No name is asked for: all of these are addresses. */
class EndpointAddressTest {

    private static EndpointAddress address(boolean allowPrivate) {
        return new EndpointAddress(
                SystemDefaultDnsResolver.INSTANCE, new DeliverySettings(Duration.ofSeconds(15), allowPrivate, "/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:a9fe:a9fe",
                "64:ff9b::7f00:1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::5db8:d70e",
                "100::1",
                "2001::1",
                "2001:0:5db8:d70e::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:5db8:d70e::1",
                "3fff::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void isForbidden(String text) throws Exception {
        assertThat(new AllowedAddresses(false).refusal(InetAddress.getByName(text)))
                .isPresent();
        String host = text.contains(":") ? "[" + text + "]" : text;
        assertThat(address(false).refusal(URI.create("https://" + host + "/"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "93.184.215.14",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "198.17.255.255",
                "223.255.255.255",
                "::ffff:93.184.215.14",
                "2606:4700:4700::1111",
                "64:ff9b::93.184.215.14"
            })
    void isAllowed(String text) throws Exception {
        assertThat(new AllowedAddresses(false).refusal(InetAddress.getByName(text)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.1.1", "192.168.0.1", "::1", "fd00::1", "fe80::1"
            })
    void isAllowedWherePrivateOnesAre(String text) throws Exception {
        assertThat(new AllowedAddresses(true).refusal(InetAddress.getByName(text)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "224.0.0.1", "255.255.255.255", "::", "ff02::1", "2001:db8::1"})
    void isForbiddenEvenThen(String text) throws Exception {
        assertThat(new AllowedAddresses(true).refusal(InetAddress.getByName(text)))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            http://93.184.215.14/, https://
            ftp://93.184.215.14/, https://
            /hook, https://
            mailto:a@b.example, https://
            https:///hook, name a host
            https://shop_1.example/, name a host
            https://user:pw@93.184.215.14/, user
            https://user@93.184.215.14/, user
            https://93.184.215.14:0/, port
            https://93.184.215.14:70000/, port
            https://93.184.215.14/#part, '#'
            https://2130706433/, plainly
            https://0177.0.0.1/, plainly
            https://0x7f.0.0.1/, plainly
            https://0x7f000001/, plainly
            https://127.1/, plainly
            https://127.0.0.01/, plainly
            https://127.0.0.1./, plainly
            https://999.0.0.1/, plainly
            """)
    void isRefusedByItsForm(String url, String why) {
        assertThat(address(false).formRefusal(URI.create(url)))
                .hasValueSatisfying(said -> assertThat(said).contains(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://93.184.215.14/", "https://93.184.215.14:8443/hook?of=1", "HTTPS://[2606:4700::1111]/"})
    void isTaken(String url) {
        assertThat(address(false).refusal(URI.create(url))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/", "https://10.0.0.1/", "http://[::1]/"})
    void isTakenWherePrivateOnesAre(String url) {
        assertThat(address(true).refusal(URI.create(url))).isEmpty();
    }

    @Test
    void ofManyAddressesAllAreLookedAtAndAFewTried() throws Exception {
        List<InetAddress> many = new ArrayList<>(Collections.nCopies(999, InetAddress.getByName("93.184.215.14")));
        DnsResolver names = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                return many.toArray(InetAddress[]::new);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        EndpointAddress address = new EndpointAddress(names, DeliverySettings.defaults());

        assertThat(address.resolve("many.example")).hasSize(4);

        many.add(InetAddress.getByName("10.0.0.1"));
        assertThatThrownBy(() -> address.resolve("many.example"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("10.0.0.1");
    }
}
