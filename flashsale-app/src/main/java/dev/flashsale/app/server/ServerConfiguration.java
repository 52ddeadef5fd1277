package dev.flashsale.app.server;

import dev.flashsale.adapter.rest.Probes;
import dev.flashsale.adapter.rest.RestServer;
import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.adapter.rest.delivery.HttpWebhookSender;
import dev.flashsale.app.database.Database;
import dev.flashsale.app.metrics.Metrics;
import dev.flashsale.app.settings.FlashsaleSettings;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.port.WebhookSender;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What serves buyers, on top of {@link SaleConfiguration}. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    private static final int TOKEN_BYTES = 16;
    private static final int NODE_LENGTH = 4;

    /**
     * Where nobody is an operator and the database is for trying things out, whoever starts the server is one until it
     * stops. That the port is free is looked at here, before a database is reached or made.
     */
    @Bean
    RestSettings restSettings(FlashsaleSettings settings) {
        List<String> tokens = settings.operator().token();
        boolean mint = tokens.isEmpty() && settings.isEmbedded();
        RestSettings rest = settings.rest(mint ? List.of(newToken()) : tokens);
        RestServer.requireFree(rest);
        return rest;
    }

    private static String newToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Bean
    Metrics metrics() {
        return new Metrics(nodeName());
    }

    /** The machine's name, and something that tells apart those that run on it, one after the other too. */
    private static String nodeName() {
        String ofThisStart = newToken().substring(0, NODE_LENGTH);
        try {
            return InetAddress.getLocalHost().getHostName() + "-" + ofThisStart;
        } catch (UnknownHostException unnamed) {
            return ofThisStart;
        }
    }

    @Bean
    SaleListener saleListener(Metrics metrics) {
        return metrics.sale();
    }

    @Bean
    Auditor auditor(Flashsale flashsale, FlashsaleSettings settings, Metrics metrics) {
        Auditor auditor = new Auditor(
                flashsale.audits()::checkConservation, settings.audit().interval(), InstantSource.system());
        metrics.watchAudit(auditor::last);
        return auditor;
    }

    @Bean
    Watcher watcher(Flashsale flashsale, Database database, FlashsaleSettings settings, Metrics metrics) {
        int products = settings.metrics().products();
        Supplier<List<ProductPieces>> pieces =
                () -> products == 0 ? List.of() : flashsale.lists().pieces(new PageSize(products));
        return new Watcher(
                database::answers,
                pieces,
                flashsale.lists()::expiring,
                flashsale.lists()::waiting,
                metrics,
                settings.metrics().shown() || settings.http().console(),
                System::nanoTime);
    }

    @Bean
    HttpServer httpServer(
            Flashsale flashsale,
            Database database,
            Auditor auditor,
            Metrics metrics,
            FlashsaleSettings settings,
            RestSettings restSettings) {
        database.measureWith(metrics.registry());
        HttpServer server = new HttpServer(
                flashsale,
                new Probes(
                        database::answers,
                        auditor::last,
                        metrics::lastFailure,
                        settings.metrics().show(metrics::scrape),
                        settings.http().console() ? Optional.of(metrics.live()) : Optional.empty()),
                metrics.answers(),
                restSettings);
        metrics.watchPlaces(server::places);
        metrics.watchStreams(server::streams);
        return server;
    }

    @Bean(destroyMethod = "close")
    WebhookSender webhookSender(FlashsaleSettings settings) {
        return new HttpWebhookSender(settings.delivered(), InstantSource.system(), System::nanoTime);
    }

    @Bean
    Relays relays(Flashsale flashsale, WebhookSender sender, Metrics metrics) {
        return new Relays(flashsale, sender, metrics.live().node());
    }

    @Bean
    Sweeper sweeper(Flashsale flashsale, FlashsaleSettings settings) {
        return new Sweeper(
                flashsale.housekeeping(),
                settings.expiry().interval(),
                settings.idempotency().retention());
    }
}
