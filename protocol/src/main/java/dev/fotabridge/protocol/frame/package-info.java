/** Chunks of the line to checked frames and back; SPEC.md section 2. Read {@link dev.fotabridge.protocol.frame.FrameDecoder} first. */
package dev.fotabridge.protocol.frame;
