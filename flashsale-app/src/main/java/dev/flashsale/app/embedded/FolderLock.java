package dev.flashsale.app.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says which living program uses a folder. The operating system lets go of it when its holder dies, however it dies. */
final class FolderLock implements AutoCloseable {

    /** Beyond the file's content: Windows lets nobody read what is locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /** Locks belong to a process, and closing any channel of the file drops them: in here they must be counted. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * The lock, unless somebody else has it.
     *
     * @param folder its real path
     */
    static Optional<FolderLock> take(Path folder) throws IOException {
        Path file = fileIn(folder);
        if (!HELD_HERE.add(file)) {
            return Optional.empty();
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
        if (lock == null) {
            channel.close();
            HELD_HERE.remove(file);
            return Optional.empty();
        }
        channel.truncate(0);
        int written = channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return written > 0 ? Optional.of(new FolderLock(file, channel)) : Optional.empty();
    }

    /** For people: the process that has the lock. */
    static String holder(Path folder) {
        Path file = fileIn(folder);
        if (HELD_HERE.contains(file)) {
            return "this process";
        }
        try {
            return "process "
                    + Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException unreadable) {
            return "another process";
        }
    }

    private static Path fileIn(Path folder) {
        return folder.resolve("lock");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(file);
    }
}
