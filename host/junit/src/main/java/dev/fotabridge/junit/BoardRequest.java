package dev.fotabridge.junit;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a test asks for. Tested by FotaBoardExtensionTest.
 *
 * @param requires capabilities, all of which the board must have
 * @param board name or serial number; empty for any
 * @param scope how long it is kept
 * @param owner what shares the board within its scope: the annotated element, or for a session all that ask for the same
 * @param holder who has the board meanwhile, for people: a test class, perhaps with its method
 */
record BoardRequest(Set<String> requires, String board, FotaBoard.Scope scope, Object owner, String holder) {
    static BoardRequest of(FotaBoard annotation, Object owner, String holder) {
        Set<String> requires = new TreeSet<>(Set.of(annotation.requires()));
        Object key = annotation.scope() == FotaBoard.Scope.SESSION ? requires + annotation.board() : owner;
        return new BoardRequest(requires, annotation.board(), annotation.scope(), key, holder);
    }

    /** Returns what is equal for all that share the board. */
    Object key() {
        return List.of(requires, board, scope, owner);
    }

    /** Returns what is asked for, for a sentence. */
    String what() {
        String named = board.isEmpty() ? "board" : "board '" + board + "'";
        return requires.isEmpty() ? named : named + " with " + String.join(", ", requires);
    }
}
