package dev.fotabridge.host.link.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
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
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortDataListener;
import com.fazecast.jSerialComm.SerialPortEvent;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;
import org.mockito.MockedStatic;

/** The guards around jSerialComm, against a library that misbehaves in the ways it is known for. */
final class JSerialCommPortTest {
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
            return JSerialCommPort.open(device.toString(), 115_200);
        }
    }

    private SerialPortDataListener listener() {
        ArgumentCaptor<SerialPortDataListener> listener = ArgumentCaptor.forClass(SerialPortDataListener.class);
        verify(library).addDataListener(listener.capture());
        return listener.getValue();
    }

    private void disconnect() {
        listener().serialEvent(new SerialPortEvent(library, SerialPort.LISTENING_EVENT_PORT_DISCONNECTED));
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

    @Test
    void theDisconnectEventEndsReadsAndWrites() throws Exception {
        JSerialCommPort port = open();
        assertEquals(SerialPort.LISTENING_EVENT_PORT_DISCONNECTED, listener().getListeningEvents());

        disconnect();

        assertTimeoutPreemptively(LIMIT, () -> {
            assertThrows(IOException.class, () -> port.read(new byte[1], LONG_MILLIS));
            assertThrows(IOException.class, () -> port.write(new byte[1], 0, 1, LONG_MILLIS));
        });
    }

    @Test
    void whatCameBeforeTheDisconnectIsStillRead() throws Exception {
        when(library.readBytes(any(), anyInt())).thenReturn(5, 0);
        JSerialCommPort port = open();

        disconnect();

        assertEquals(5, port.read(new byte[8], LONG_MILLIS));
        assertThrows(IOException.class, () -> port.read(new byte[8], LONG_MILLIS));
    }

    @Test
    void theDisconnectCallbackClosesNothing() throws Exception {
        open();

        disconnect();

        verify(library, never()).closePort();
        verify(library, never()).removeDataListener();
    }

    @Test
    void theListenerIsTakenOffBeforeTheCloseOnAThreadOfItsOwn() throws Exception {
        AtomicReference<Thread> closer = new AtomicReference<>();
        when(library.closePort()).thenAnswer(call -> {
            closer.set(Thread.currentThread());
            return true;
        });

        open().close();

        InOrder order = inOrder(library);
        order.verify(library).removeDataListener();
        order.verify(library, timeout(LIMIT.toMillis())).closePort();
        assertNotSame(Thread.currentThread(), closer.get());
        assertTrue(closer.get().isDaemon());
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
            JSerialCommPort.open(device.toString(), 115_200).close();
            JSerialCommPort.open(device.toString(), 115_200).close();
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
                    JSerialCommPort.open(link.toString(), 115_200).name());
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
