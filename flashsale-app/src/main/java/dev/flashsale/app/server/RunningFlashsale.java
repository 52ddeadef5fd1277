package dev.flashsale.app.server;

import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.app.database.Database;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.settings.FlashsaleSettings;
import dev.flashsale.app.settings.Setting;
import dev.flashsale.application.Flashsale;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** The assembled program, until it is closed or its process is told to stop. */
public final class RunningFlashsale implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private RunningFlashsale(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * The use cases on their database.
     *
     * @param arguments properties as Spring Boot takes them, {@code --flashsale.hold.ttl=5s}
     */
    public static RunningFlashsale withoutServer(Purpose purpose, List<String> arguments) {
        return run(purpose, arguments, SaleConfiguration.class);
    }

    /** As {@link #withoutServer}, served over HTTP. */
    public static RunningFlashsale withServer(Purpose purpose, List<String> arguments) {
        return run(purpose, arguments, SaleConfiguration.class, ServerConfiguration.class);
    }

    /** As {@link #withServer}, with something on sale. */
    public static RunningFlashsale withServerAndProduct(Purpose purpose, List<String> arguments) {
        return run(purpose, arguments, SaleConfiguration.class, FirstProduct.class, ServerConfiguration.class);
    }

    private static RunningFlashsale run(Purpose purpose, List<String> arguments, Class<?>... configurations) {
        SpringApplication application = new SpringApplication(configurations);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(Setting.defaults());
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("purpose", purpose));
        return new RunningFlashsale(application.run(arguments.toArray(String[]::new)));
    }

    public Flashsale flashsale() {
        return context.getBean(Flashsale.class);
    }

    public String databaseDescription() {
        return context.getBean(Database.class).description();
    }

    /** The port that HTTP is served on; only with a server. */
    public int port() {
        return context.getBean(HttpServer.class).port();
    }

    /** Where this machine reaches it; only with a server. */
    public String url() {
        InetAddress listening = new InetSocketAddress(rest().host(), 0).getAddress();
        boolean here = listening == null || listening.isAnyLocalAddress() || listening.isLoopbackAddress();
        String host = here ? "localhost" : listening.getHostAddress();
        String scheme = rest().tls() == null ? "http" : "https";
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** The token of the operator that this server has until it stops, as it was told of none; only with a server. */
    public Optional<String> mintedToken() {
        return settings().operator().token().isEmpty()
                ? rest().operatorTokens().stream().findFirst()
                : Optional.empty();
    }

    public FlashsaleSettings settings() {
        return context.getBean(FlashsaleSettings.class);
    }

    /** Whether only a payment that its gateway signed is believed; only with a server. */
    public boolean verifiesWebhooks() {
        return rest().webhooks().verified();
    }

    private RestSettings rest() {
        return context.getBean(RestSettings.class);
    }

    /** Whether it runs; it does not once it was told to stop. */
    public boolean isActive() {
        return !context.isClosed();
    }

    /** Returns when the program is told to stop. */
    public void awaitStop() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        ApplicationListener<ContextClosedEvent> countDown = event -> stopped.countDown();
        context.addApplicationListener(countDown);
        if (isActive()) {
            stopped.await();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
