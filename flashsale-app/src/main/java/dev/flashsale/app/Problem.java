package dev.flashsale.app;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something that its user can put right. The message is one line, for people, and says what to do. */
public class Problem extends RuntimeException {

    public Problem(String message) {
        this(message, null);
    }

    public Problem(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** For people: why a file or a folder cannot be used. */
    public static String why(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "this user may not";
            case FileAlreadyExistsException exists -> "there is a file of that name";
            case NotDirectoryException noFolder -> "it is no folder";
            case NoSuchFileException missing -> "it does not exist";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> Objects.requireNonNullElse(failure.getMessage(), "it cannot be read or written");
        };
    }
}
