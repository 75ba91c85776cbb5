/** The typed content of frames; SPEC.md section 3. Read {@link dev.fotabridge.protocol.message.MessageCodec} first. */
package dev.fotabridge.protocol.message;
