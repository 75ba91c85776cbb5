package planted.textforprogramsknowsnolocale.host.update;

final class Violation {
    static String title() {
        return "i".toUpperCase();
    }
}
