package planted.threadsaremadeinoneplace.host.link;

final class Violation {
    Thread reader(Runnable work) {
        return new Thread(work);
    }
}
