package planted.threadsaremadeinoneplace.host.thread;

final class Threads {
    Thread watched(Runnable work) {
        return new Thread(work);
    }
}
