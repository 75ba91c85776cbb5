package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.store.Storage;
import dev.fotabridge.host.store.StorageFailure;
import dev.fotabridge.station.control.RecordSink;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.text.RecordCsv;
import dev.fotabridge.station.text.RecordJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes all records to a file or to standard output. Tested by StationRecordsCommandTest. */
final class RecordsExport {
    /** Records between two looks at whether anybody still reads. */
    private static final int LOOK_AFTER = 1_000;

    private final RecordsCommand command;
    private final RecordsExportCommand.Format format;
    private long count;

    RecordsExport(RecordsCommand command, RecordsExportCommand.Format format) {
        this.command = command;
        this.format = format;
    }

    /** The reader of standard output has gone, or its disk is full: how that ends is for the command to say. */
    private static final class NotRead extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Prints, and returns the exit code. */
    int print() throws FotaException {
        PrintStream out = command.streams().out();
        try {
            if (command.common.json) {
                each(record -> RecordsPrinter.print(command.json(), record), out);
            } else {
                BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
                header(buffered);
                each(record -> buffered.write(line(record)), out);
                buffered.flush();
            }
        } catch (NotRead e) {
            return command.done();
        } catch (IOException e) {
            throw interrupted("The export was interrupted: what was printed is a part.");
        }
        return command.done();
    }

    private void each(RecordSink sink, PrintStream out) throws FotaException, IOException {
        each(record -> {
            sink.accept(record);
            if (count % LOOK_AFTER == 0 && out.checkError()) {
                throw new NotRead();
            }
        });
    }

    private void each(RecordSink sink) throws FotaException, IOException {
        RecordsPrinter.open(command).export(record -> {
            if (command.isInterrupted()) {
                throw new InterruptedIOException();
            }
            sink.accept(record);
            count++;
        });
    }

    private void header(OutputStream out) throws IOException {
        if (format == RecordsExportCommand.Format.CSV) {
            out.write(RecordCsv.header(StationRecord.class).getBytes(StandardCharsets.UTF_8));
        }
    }

    private byte[] line(StationRecord record) {
        String line = format == RecordsExportCommand.Format.CSV ? RecordCsv.line(record) : RecordJson.of(record) + "\n";
        return line.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a file, and returns the exit code. */
    int write(Path named) throws FotaException {
        Path file = target(named);
        Path part = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            fill(part);
            Storage.move(part, file);
        } catch (InterruptedIOException e) {
            throw interrupted("The export was interrupted; " + file + " is as it was.");
        } catch (IOException e) {
            throw StorageFailure.writing(file, e);
        } finally {
            Storage.discard(part);
        }
        told(file);
        return command.done();
    }

    /** A device or a pipe would be replaced by the file. */
    private static Path target(Path named) throws FotaException {
        try {
            if (!Files.exists(named)) {
                return named.toAbsolutePath();
            }
            Path file = named.toRealPath();
            if (Files.isRegularFile(file)) {
                return file;
            }
        } catch (IOException e) {
            throw StorageFailure.writing(named, e);
        }
        throw new FotaException(
                Reason.CONFIGURATION,
                named + " is no file that could be replaced; without --output the records go to standard output.");
    }

    private void fill(Path part) throws FotaException, IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            header(out);
            each(record -> out.write(line(record)));
            out.flush();
            Storage.force(channel, part);
        }
    }

    private void told(Path file) {
        if (command.common.json) {
            command.json().line("EXPORT", g -> {
                g.writeStringField("file", file.toString());
                g.writeNumberField("records", count);
            });
        } else if (!command.common.quiet) {
            command.streams().note(count + (count == 1 ? " record is in " : " records are in ") + file + ".");
        }
    }

    private static FotaException interrupted(String message) {
        return new FotaException(Reason.INTERRUPTED, message);
    }
}
