package planted.doctorisseenfromaboveonly.host.doctor;

public final class Doctor {}
