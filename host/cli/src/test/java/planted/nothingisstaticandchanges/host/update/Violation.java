package planted.nothingisstaticandchanges.host.update;

final class Violation {
    static int count;
}
