package dev.fotabridge.host.jobs.paho;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** Tells {@link PatientInput} that something is about to be written. */
final class AnnouncingOutput extends FilterOutputStream {
    private final CountDownLatch writing;

    AnnouncingOutput(OutputStream out, CountDownLatch writing) {
        super(out);
        this.writing = writing;
    }

    @Override
    public void write(int b) throws IOException {
        writing.countDown();
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        writing.countDown();
        out.write(bytes, offset, length);
    }
}
