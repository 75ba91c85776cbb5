/** Values that every part of the host uses; they know nothing of it. */
package dev.fotabridge.host.value;
