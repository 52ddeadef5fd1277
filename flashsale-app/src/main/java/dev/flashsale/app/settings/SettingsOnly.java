package dev.flashsale.app.settings;

import java.util.List;
import java.util.function.Function;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The settings as every command reads them, without the database that they name: that one is left alone. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FlashsaleSettings.class)
public class SettingsOnly {

    /**
     * Reads them.
     *
     * @param arguments properties as Spring Boot takes them
     */
    public static FlashsaleSettings read(List<String> arguments) {
        return with(arguments, context -> context.getBean(FlashsaleSettings.class));
    }

    /**
     * As {@link #read}, each with where it comes from.
     *
     * @param arguments properties as Spring Boot takes them
     */
    public static List<InForce> inForce(List<String> arguments) {
        return with(
                arguments, context -> InForce.in(context.getEnvironment(), context.getBean(FlashsaleSettings.class)));
    }

    private static <T> T with(List<String> arguments, Function<ConfigurableApplicationContext, T> look) {
        SpringApplication application = new SpringApplication(SettingsOnly.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(Setting.defaults());
        try (ConfigurableApplicationContext context = application.run(arguments.toArray(String[]::new))) {
            return look.apply(context);
        }
    }
}
