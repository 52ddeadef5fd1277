package dev.flashsale.application;

/** How much a page takes, 1 to {@value #MAX}. */
public record PageSize(int value) {

    public static final int MAX = 500;
    public static final PageSize DEFAULT = new PageSize(50);

    public PageSize {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException("page size must be from 1 to " + MAX + ", was " + value);
        }
    }
}
