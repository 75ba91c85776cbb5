/** MQTT by Eclipse Paho: {@link dev.fotabridge.host.jobs.paho.PahoJobsTransport} is the only class that sees it. */
package dev.fotabridge.host.jobs.paho;
