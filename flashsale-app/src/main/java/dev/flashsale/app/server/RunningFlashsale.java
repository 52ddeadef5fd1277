package dev.flashsale.app.server;

import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.app.database.Database;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.settings.Setting;
import dev.flashsale.application.Flashsale;
import java.util.List;
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

    /** Where HTTP is served; only with a server. */
    public int port() {
        return context.getBean(HttpServer.class).port();
    }

    /** Whether only a payment that its gateway signed is believed; only with a server. */
    public boolean verifiesWebhooks() {
        return context.getBean(RestSettings.class).webhooks().verified();
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
