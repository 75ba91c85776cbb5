package planted.pahostaysinitsadapter.host.jobs;

import org.eclipse.paho.client.mqttv3.IMqttAsyncClient;

final class Violation {
    IMqttAsyncClient client;
}
