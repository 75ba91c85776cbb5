package planted.micrometerstaysinthemetrics.station.http;

import io.micrometer.core.instrument.MeterRegistry;

final class Violation {
    MeterRegistry registry;
}
