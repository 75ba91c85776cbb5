package dev.fotabridge.host.link.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fazecast.jSerialComm.SerialPort;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.thread.WatchedThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.InOrder;
import org.mockito.MockedStatic;

/** The guards around jSerialComm, against a library that misbehaves in the ways it is known for. */
final class JSerialCommPortTest {
    private static final ScheduledThreadPoolExecutor WATCHDOG = WatchedThreads.executor("watchdog", e -> {});
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int LONG_MILLIS = 60_000;

    @TempDir
    Path directory;

    private final SerialPort library = mock(SerialPort.class);
    private final CountDownLatch released = new CountDownLatch(1);
    private Path device;

    @BeforeEach
    void plug() throws IOException {
        device = Files.writeString(directory.resolve("ttyACM0"), "");
        when(library.openPort(anyInt())).thenReturn(true);
    }

    @AfterEach
    void release() {
        released.countDown();
    }

    private JSerialCommPort open() throws FotaException {
        try (MockedStatic<SerialPort> ports = mockStatic(SerialPort.class)) {
            ports.when(() -> SerialPort.getCommPort(anyString())).thenReturn(library);
            return JSerialCommPort.open(device.toString(), 115_200, WATCHDOG);
        }
    }

    @Test
    void theLinesThatMakeTheDebuggerDriveItsPinsAreAssertedOnceThePortIsOpen() throws Exception {
        open();

        InOrder order = inOrder(library);
        order.verify(library).openPort(anyInt());
        order.verify(library).setDTRandRTS(true, true);
    }

    @Test
    void shortWritesAreContinuedWhereTheyEnded() throws Exception {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        when(library.writeBytes(any(), anyInt(), anyInt())).thenAnswer(call -> {
            int some = Math.min(7, call.<Integer>getArgument(1));
            taken.write(call.getArgument(0), call.<Integer>getArgument(2), some);
            return some;
        });
        byte[] bytes = new byte[1000];
        new Random(1).nextBytes(bytes);

        open().write(bytes, 0, bytes.length, LONG_MILLIS);

        assertArrayEquals(bytes, taken.toByteArray());
    }

    @Test
    void bytesGoInSmallChunks() throws Exception {
        AtomicReference<Integer> largest = new AtomicReference<>(0);
        when(library.writeBytes(any(), anyInt(), anyInt())).thenAnswer(call -> {
            int count = call.getArgument(1);
            largest.accumulateAndGet(count, Math::max);
            return count;
        });

        open().write(new byte[10_000], 0, 10_000, LONG_MILLIS);

        assertEquals(256, largest.get());
    }

    @Test
    void aWriteThatSpinsIsEndedByTheWatchdogWhichClosesThePort() throws Exception {
        when(library.writeBytes(any(), anyInt(), anyInt())).thenAnswer(call -> {
            released.await();
            return -1;
        });
        when(library.closePort()).thenAnswer(call -> {
            released.countDown();
            return true;
        });
        JSerialCommPort port = open();

        IOException stalled = assertTimeoutPreemptively(
                LIMIT, () -> assertThrows(IOException.class, () -> port.write(new byte[1], 0, 1, 100)));

        assertEquals("it takes no more bytes", stalled.getMessage());
        verify(library).closePort();
    }

    @Test
    void aFailedReadOrWriteMeansGoneWhateverTheLibraryThinksOfBeingOpen() throws Exception {
        when(library.isOpen()).thenReturn(true);
        when(library.readBytes(any(), anyInt())).thenReturn(-1);
        when(library.writeBytes(any(), anyInt(), anyInt())).thenReturn(0);
        JSerialCommPort port = open();

        assertTimeoutPreemptively(LIMIT, () -> {
            assertThrows(IOException.class, () -> port.read(new byte[1], LONG_MILLIS));
            assertThrows(IOException.class, () -> port.write(new byte[1], 0, 1, LONG_MILLIS));
        });
    }

    @Test
    void aDeviceNodeThatIsGoneEndsAReadThatOnlyTimesOut() throws Exception {
        JSerialCommPort port = open();
        Files.delete(device);

        IOException gone = assertTimeoutPreemptively(
                LIMIT, () -> assertThrows(IOException.class, () -> port.read(new byte[1], LONG_MILLIS)));

        assertEquals("its device node is gone", gone.getMessage());
    }

    /** The library's event takes a thread for each port, and says no more than a read does. */
    @Test
    void noThreadOfTheLibrarysIsStarted() throws Exception {
        open().close();

        verify(library, never()).addDataListener(any());
    }

    @Test
    void aCloseThatBlocksIsLeftAlone() throws Exception {
        when(library.closePort()).thenAnswer(call -> {
            released.await();
            return true;
        });
        JSerialCommPort port = open();

        assertTimeoutPreemptively(LIMIT, port::close);

        assertThrows(IOException.class, () -> port.read(new byte[1], 0));
        assertEquals(1, released.getCount(), "the library's close still blocks");
    }

    @Test
    void eachOpenMakesAFreshObjectOfTheLibrary() throws Exception {
        SerialPort second = mock(SerialPort.class);
        when(second.openPort(anyInt())).thenReturn(true);
        try (MockedStatic<SerialPort> ports = mockStatic(SerialPort.class)) {
            ports.when(() -> SerialPort.getCommPort(anyString())).thenReturn(library, second);
            JSerialCommPort.open(device.toString(), 115_200, WATCHDOG).close();
            JSerialCommPort.open(device.toString(), 115_200, WATCHDOG).close();
        }

        verify(library).openPort(anyInt());
        verify(second).openPort(anyInt());
    }

    @Test
    void aLinkIsResolvedAnewAtEachOpenAndTheNameGivenIsKept() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("board"), device);
        try (MockedStatic<SerialPort> ports = mockStatic(SerialPort.class)) {
            ports.when(() -> SerialPort.getCommPort(anyString())).thenReturn(library);
            assertEquals(
                    link.toString(),
                    JSerialCommPort.open(link.toString(), 115_200, WATCHDOG).name());
            ports.verify(() -> SerialPort.getCommPort(link.toString()));
        }
    }

    @Test
    void aLibraryThatCannotBeLoadedIsAnErrorOfTheSetUp() {
        when(library.openPort(anyInt())).thenThrow(new UnsatisfiedLinkError("noexec"));

        FotaException refused = assertThrows(FotaException.class, this::open);

        assertEquals(Reason.CONFIGURATION, refused.reason());
        assertTrue(refused.getMessage().contains("jSerialComm.library.path"), refused::getMessage);
        assertFalse(refused.getMessage().contains("\n"));
    }
}
