/** Certificates and keys from PEM files, for both connections to the cloud: {@link dev.fotabridge.host.tls.TlsFiles}. */
package dev.fotabridge.host.tls;
