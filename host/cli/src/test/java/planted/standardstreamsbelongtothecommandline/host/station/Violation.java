package planted.standardstreamsbelongtothecommandline.host.station;

final class Violation {
    void greet() {
        System.out.println();
    }
}
