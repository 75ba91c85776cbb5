/** One image on its way into slot 1: digests, page plan, records and the stream; SPEC.md section 6. Read {@link dev.fotabridge.protocol.upload.UploadRun} first. */
package dev.fotabridge.protocol.upload;
