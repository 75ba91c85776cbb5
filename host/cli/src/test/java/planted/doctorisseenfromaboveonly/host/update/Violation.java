package planted.doctorisseenfromaboveonly.host.update;

import planted.doctorisseenfromaboveonly.host.doctor.Doctor;

final class Violation {
    Doctor doctor;
}
