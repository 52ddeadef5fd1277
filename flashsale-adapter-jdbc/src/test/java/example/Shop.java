package example;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application of Spring Boot that embeds Flashsale, for the examples of docs/testing.md. */
@SpringBootApplication
class Shop {}
