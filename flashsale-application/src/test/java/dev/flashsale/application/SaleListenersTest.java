package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SaleListenersTest {

    private final List<String> told = new ArrayList<>();

    static List<Method> everything() {
        return Arrays.stream(SaleListener.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("everything")
    void eachIsToldEverythingInTheOrderThatIsGiven(Method what) throws ReflectiveOperationException {
        what.invoke(SaleListener.all(List.of(noting("a"), noting("b"))), nothing(what));

        assertThat(told).containsExactly("a " + what.getName(), "b " + what.getName());
    }

    @Test
    void oneThatFailsKeepsNoOtherFromBeingTold() {
        AssertionError first = new AssertionError("first");
        IllegalStateException second = new IllegalStateException("second");
        SaleListener all = SaleListener.all(List.of(failing(first), noting("b"), failing(second)));

        assertThatThrownBy(all::retried).isSameAs(first).hasSuppressedException(second);
        assertThat(told).containsExactly("b retried");
    }

    @Test
    void noneAndOneAreThemselves() {
        SaleListener one = noting("a");

        assertThat(SaleListener.all(List.of())).isSameAs(SaleListener.NONE);
        assertThat(SaleListener.all(List.of(one))).isSameAs(one);
    }

    private static @Nullable Object[] nothing(Method what) {
        return Arrays.stream(what.getParameterTypes())
                .map(type -> type == int.class ? (Object) 0 : type == boolean.class ? (Object) false : null)
                .toArray();
    }

    private static SaleListener failing(Throwable failure) {
        return (SaleListener) Proxy.newProxyInstance(
                SaleListener.class.getClassLoader(),
                new Class<?>[] {SaleListener.class},
                (proxy, method, arguments) -> {
                    throw failure;
                });
    }

    private SaleListener noting(String name) {
        return (SaleListener) Proxy.newProxyInstance(
                SaleListener.class.getClassLoader(),
                new Class<?>[] {SaleListener.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("equals") ? (Object) (proxy == arguments[0]) : (Object) 0;
                    }
                    told.add(name + " " + method.getName());
                    return null;
                });
    }
}
