package dev.flashsale.app;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may rely on: every signature of some public types and of the public types that these mention, one a line.
 */
final class Api {

    private static final String ROOT = "dev.flashsale.";

    private final SortedSet<String> lines = new TreeSet<>();
    private final Set<Class<?>> seen = new HashSet<>();
    private final Deque<Class<?>> open = new ArrayDeque<>();
    private final Set<Class<?>> opaque;

    private Api(Set<Class<?>> opaque) {
        this.opaque = opaque;
    }

    /**
     * @param roots where it begins
     * @param opaque types that are handed on without a look inside
     */
    static List<String> of(Collection<Class<?>> roots, Set<Class<?>> opaque) {
        Api api = new Api(opaque);
        roots.forEach(api::mention);
        while (!api.open.isEmpty()) {
            api.add(api.open.remove());
        }
        return List.copyOf(api.lines);
    }

    /** What is gone, each with a minus, and what is new, each with a plus. */
    static List<String> difference(List<String> before, List<String> now) {
        return Stream.concat(
                        before.stream().filter(line -> !now.contains(line)).map(line -> "- " + line),
                        now.stream().filter(line -> !before.contains(line)).map(line -> "+ " + line))
                .sorted((one, other) -> one.substring(2).compareTo(other.substring(2)))
                .toList();
    }

    private void add(Class<?> type) {
        lines.add(type(type) + " " + kind(type));
        if (opaque.contains(type)) {
            return;
        }
        Stream.of(type.getDeclaredClasses()).forEach(this::mention);
        Stream.of(type.getDeclaredFields()).filter(Api::isVisible).forEach(field -> add(type, field));
        Stream.of(type.getDeclaredConstructors()).filter(Api::isVisible).forEach(maker -> add(type, maker));
        Stream.of(type.getDeclaredMethods())
                .filter(Api::isVisible)
                .filter(method -> !isGiven(type, method))
                .forEach(method -> add(type, method));
    }

    private String kind(Class<?> type) {
        String kind = type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        Type parent = type.getGenericSuperclass();
        return modifiers(type.getModifiers()
                        & ~(type.isInterface() || type.isRecord() ? Modifier.FINAL | Modifier.ABSTRACT : 0))
                + (type.isSealed() ? "sealed " : "")
                + kind
                + parameters(type.getTypeParameters())
                + (parent == null || type.isRecord() || type.isEnum() || parent == Object.class
                        ? ""
                        : " extends " + name(parent))
                + list(" implements ", Stream.of(type.getGenericInterfaces()).map(this::name))
                + (type.isSealed()
                        ? list(
                                " permits ",
                                Stream.of(type.getPermittedSubclasses()).map(this::name))
                        : "");
    }

    private void add(Class<?> type, Field field) {
        add(type, field, field.getName(), name(field.getAnnotatedType(), field.getGenericType()) + value(field));
    }

    private void add(Class<?> type, Constructor<?> maker) {
        add(type, maker, "new" + parameters(maker), thrown(maker).stripLeading());
    }

    private void add(Class<?> type, Method method) {
        add(
                type,
                method,
                method.getName() + parameters(method.getTypeParameters()) + parameters(method),
                (method.isDefault() ? "default " : "")
                        + name(method.getAnnotatedReturnType(), method.getGenericReturnType())
                        + thrown(method));
    }

    private void add(Class<?> type, Member member, String name, String what) {
        int modifiers = member.getModifiers() & ~(type.isInterface() ? Modifier.ABSTRACT : 0);
        String told = modifiers(modifiers) + what;
        lines.add(type(type) + "#" + name + (told.isEmpty() ? "" : ": " + told));
    }

    private String parameters(Executable called) {
        Type[] types = called.getGenericParameterTypes();
        AnnotatedType[] annotated = called.getAnnotatedParameterTypes();
        return "("
                + IntStream.range(0, types.length)
                        .mapToObj(i -> name(annotated[i], types[i]))
                        .collect(joining(", "))
                + ")";
    }

    private String parameters(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Stream.of(variables)
                        .map(variable -> variable.getName()
                                + list(
                                        " extends ",
                                        Stream.of(variable.getBounds())
                                                .filter(bound -> bound != Object.class)
                                                .map(this::name)))
                        .collect(joining(", ", "<", ">"));
    }

    private String thrown(Executable called) {
        return list(" throws ", Stream.of(called.getGenericExceptionTypes()).map(this::name));
    }

    private String name(AnnotatedType annotated, Type type) {
        return (annotated.isAnnotationPresent(Nullable.class) ? "@Nullable " : "") + name(type);
    }

    private String name(Type type) {
        mention(type);
        return type.getTypeName().replaceAll("(?:[a-z]\\w*\\.)+(?=[A-Z])", "").replace('$', '.');
    }

    private void mention(Type mentioned) {
        switch (mentioned) {
            case Class<?> array when array.isArray() -> mention(array.getComponentType());
            case Class<?> type -> {
                if (type.getName().startsWith(ROOT) && isPublic(type) && seen.add(type)) {
                    open.add(type);
                }
            }
            case ParameterizedType generic -> {
                mention(generic.getRawType());
                Stream.of(generic.getActualTypeArguments()).forEach(this::mention);
            }
            case GenericArrayType array -> mention(array.getGenericComponentType());
            case WildcardType any ->
                Stream.of(any.getUpperBounds(), any.getLowerBounds())
                        .flatMap(Stream::of)
                        .forEach(this::mention);
            default -> {}
        }
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getDeclaringClass() == null || isPublic(type.getDeclaringClass()));
    }

    private static boolean isVisible(Member member) {
        return !member.isSynthetic() && (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    /** What every enum has, and what every object has. */
    private static boolean isGiven(Class<?> type, Method method) {
        return type.isEnum() && Set.of("values", "valueOf").contains(method.getName())
                || Arrays.stream(Object.class.getMethods())
                        .anyMatch(given -> given.getName().equals(method.getName())
                                && Arrays.equals(given.getParameterTypes(), method.getParameterTypes()));
    }

    private static String type(Class<?> type) {
        return Objects.requireNonNull(type.getCanonicalName()).substring(ROOT.length());
    }

    private static String modifiers(int modifiers) {
        int told = modifiers & (Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL);
        return told == 0 ? "" : Modifier.toString(told) + " ";
    }

    /** A constant is compiled into its caller: a new value is a change, too. */
    private static String value(Field field) {
        boolean constant = Modifier.isStatic(field.getModifiers())
                && Modifier.isFinal(field.getModifiers())
                && (field.getType().isPrimitive() || field.getType() == String.class);
        try {
            return constant ? " = " + field.get(null) : "";
        } catch (IllegalAccessException hidden) {
            throw new AssertionError(hidden);
        }
    }

    private static String list(String before, Stream<String> names) {
        String joined = names.collect(joining(", "));
        return joined.isEmpty() ? "" : before + joined;
    }
}
