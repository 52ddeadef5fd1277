/** Run from its source by {@code mvn -q -Pserve package}, which says nothing else until the server does. */
class Building {
    public static void main(String[] arguments) {
        System.out.println("Building Flashsale. The first time, Maven downloads about 300 MB for it: some minutes.");
    }
}
