package dev.flashsale.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MainTest {

    private static final int JAVA_17 = 61;

    @Test
    void loads_on_java_17_so_that_it_can_say_that_this_is_too_old() throws IOException {
        // given
        try (DataInputStream main = new DataInputStream(Main.class.getResourceAsStream("Main.class"))) {

            // when
            int magic = main.readInt();
            main.readUnsignedShort();

            // then
            assertThat(magic).isEqualTo(0xCAFEBABE);
            assertThat(main.readUnsignedShort()).isEqualTo(JAVA_17);
        }
    }
}
