/** What a board says of itself in WELCOME, and the reader that checks it; SPEC.md section 3.2. Read {@link dev.fotabridge.protocol.board.BoardInfo} first. */
package dev.fotabridge.protocol.board;
