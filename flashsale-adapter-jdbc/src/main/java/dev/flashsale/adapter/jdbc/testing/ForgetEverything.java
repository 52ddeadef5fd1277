package dev.flashsale.adapter.jdbc.testing;

import dev.flashsale.application.InMemoryFlashsale;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Each test method finds a Flashsale in memory as it was when it was made, though the application context is shared. */
final class ForgetEverything extends AbstractTestExecutionListener {

    @Override
    public void beforeTestMethod(TestContext test) {
        test.getApplicationContext()
                .getBeanProvider(InMemoryFlashsale.class)
                .ifAvailable(InMemoryFlashsale::forgetEverything);
    }
}
