package planted.seriallibrarystaysinitsadapter.host.link;

import com.fazecast.jSerialComm.SerialPort;

final class Violation {
    SerialPort port;
}
