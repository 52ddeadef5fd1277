package example;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.PropertySource;

/** An application of Spring Boot that embeds Flashsale, for the examples of docs/testing.md. */
@SpringBootApplication
@PropertySource("classpath:example/shop.properties")
class Shop {}
