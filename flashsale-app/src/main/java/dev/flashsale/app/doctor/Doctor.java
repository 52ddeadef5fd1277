package dev.flashsale.app.doctor;

import dev.flashsale.app.database.DatabaseChecks;
import dev.flashsale.app.database.Finding;
import dev.flashsale.app.database.Finding.Severity;
import dev.flashsale.app.settings.FlashsaleSettings;
import dev.flashsale.app.settings.Setting;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything that a server needs, and says what to change. Starts and changes nothing. */
public final class Doctor {

    private static final long LITTLE_ROOM = 1L << 30;
    private static final int NEEDED_JAVA = 21;

    private final FlashsaleSettings settings;

    private Doctor(FlashsaleSettings settings) {
        this.settings = settings;
    }

    /**
     * In the order in which people are told.
     *
     * @param commits whether to measure how long one takes, by a row that is added and removed
     */
    public static List<Finding> look(FlashsaleSettings settings, boolean commits) {
        Doctor doctor = new Doctor(settings);
        List<Finding> all = new ArrayList<>(DatabaseChecks.of(settings, commits));
        all.add(doctor.webhooks());
        all.add(doctor.operators());
        all.add(doctor.limits());
        all.add(doctor.times());
        all.add(doctor.port());
        all.add(doctor.disk());
        all.add(doctor.java());
        return all;
    }

    private Finding webhooks() {
        FlashsaleSettings.Webhook webhook = settings.webhook();
        if (!webhook.secret().isEmpty()) {
            return ok(
                    "webhooks",
                    "verified, " + webhook.scheme() + ", " + webhook.secret().size() + " secrets");
        }
        boolean served =
                settings.database().url().isBlank() || webhook.unsigned() == FlashsaleSettings.Webhook.Unsigned.ACCEPT;
        return new Finding(
                "webhooks",
                "not verified" + (served ? ", anybody can report a payment" : ", so serve does not start"),
                served ? Severity.WARN : Severity.REFUSE,
                "set " + Setting.WEBHOOK_SECRET.environmentVariable()
                        + " to the secret that the payment gateway shows");
    }

    private Finding operators() {
        List<String> tokens = settings.operator().token();
        long hashed =
                tokens.stream().filter(token -> token.startsWith("sha256:")).count();
        if (tokens.isEmpty() && settings.isEmbedded()) {
            return ok("operators", "whoever starts a server, with the token that it prints");
        }
        return tokens.isEmpty()
                ? new Finding(
                        "operators",
                        "nobody is one",
                        Severity.WARN,
                        "set " + Setting.OPERATOR_TOKEN.environmentVariable() + " to put something on sale over HTTP")
                : ok("operators", tokens.size() + " tokens, " + hashed + " of them as a hash");
    }

    private Finding limits() {
        FlashsaleSettings.Limit limit = settings.limit();
        return ok(
                "limits",
                "holds of an address " + orAny(limit.address()) + ", of a customer " + orAny(limit.customer()));
    }

    private static String orAny(String rate) {
        return rate.isBlank() ? "without limit" : rate;
    }

    private Finding times() {
        Duration hold = settings.hold().ttl();
        Duration payment = settings.payment().deadline();
        return ok("times", "a hold " + seconds(hold) + ", an order's payment " + seconds(payment));
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }

    private Finding port() {
        FlashsaleSettings.Http http = settings.http();
        String host = settings.listenAddress();
        String address = host + ":" + http.port();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, http.port()));
            return ok("port", address + " is free");
        } catch (IOException | IllegalArgumentException taken) {
            return new Finding(
                    "port",
                    address + ": " + taken.getMessage(),
                    Severity.REFUSE,
                    "if that is no server of yours, choose another with " + Setting.HTTP_PORT.flag());
        }
    }

    /** Where the embedded database is, or would write its log if there is none. */
    private Finding disk() {
        File folder = settings.embedded().path().toAbsolutePath().toFile();
        while (!folder.exists() && folder.getParentFile() != null) {
            folder = folder.getParentFile();
        }
        long room = folder.getUsableSpace();
        String seen = (room >> 20) + " MB free at " + folder;
        return room >= LITTLE_ROOM || !settings.database().url().isBlank()
                ? ok("disk", seen)
                : new Finding("disk", seen, Severity.WARN, "make room: the embedded database takes about 1 GB");
    }

    private Finding java() {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        int version = Runtime.version().feature();
        String seen =
                version + ", " + Runtime.getRuntime().availableProcessors() + " processors, heap up to " + heap + " MB";
        return version >= NEEDED_JAVA
                ? ok("Java", seen)
                : new Finding(
                        "Java",
                        seen,
                        Severity.REFUSE,
                        "start it with the bin/java of version " + NEEDED_JAVA + " or newer");
    }

    private static Finding ok(String what, String seen) {
        return new Finding(what, seen, Severity.OK, "");
    }
}
