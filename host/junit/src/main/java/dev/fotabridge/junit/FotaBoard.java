package dev.fotabridge.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives a test the board that it needs, as a parameter of type {@link Board}. The test waits until such a board of the rig is free,
 * and has it for itself: other threads and other processes of this computer wait meanwhile.
 *
 * <p>On a class or a method it is about each {@link Board} parameter there, which then is one and the same board. On a parameter it
 * is about that one, so that a test may have several boards.
 *
 * <p>Which boards there are, is told by JUnit configuration parameters, which may be given as system properties, too:
 *
 * <ul>
 *   <li>{@code fotabridge.rig}: path of a rig.yaml; or {@code virtual} for four virtual boards, {@code virtual:N} for N; or {@code
 *       none}. Default: rig.yaml in the working directory, else fota-bridge/rig.yaml in the user's configuration directory.
 *   <li>{@code fotabridge.rig.required}: {@code true} where a missing board is a failure. Default: {@code false}, and tests are
 *       skipped.
 *   <li>{@code fotabridge.home}: directory of the program {@code fota-bridge}, for virtual boards. Default: where PATH has it.
 *   <li>{@code fotabridge.rig.claim-timeout}: how long to wait for a board. Default: {@code 5m}.
 *   <li>{@code fotabridge.rig.flash-timeout}: how long an update may take. Default: {@code 5m}.
 *   <li>{@code fotabridge.rig.test-timeout}: how long a test may use its board, without the time in which it waits for it or updates
 *       it. Default: {@code 60s}.
 *   <li>{@code fotabridge.rig.reports}: directory of the full logs. Default: fota-rig in {@code target} or {@code build}, whichever
 *       there is, else in the directory for temporary files.
 * </ul>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
@ExtendWith(FotaBoardExtension.class)
@ResourceLock(providers = SharedBoardLocks.class)
public @interface FotaBoard {
    /** {@return what the board must be capable of, all of it; rig.yaml says of each board what it has} */
    String[] requires() default {};

    /** {@return the board with this name or serial number of the debugger; empty for any} */
    String board() default "";

    /** {@return how long the board is kept; on a parameter METHOD is possible only} */
    Scope scope() default Scope.METHOD;

    /** How long a board is kept. */
    enum Scope {
        /** Claimed for each test method, and released after it. */
        METHOD,
        /** Claimed for the first test of the class, and released after the last. The tests of the class run one after the other. */
        CLASS,
        /**
         * Claimed for the first test that asks for such a board in this scope, and released when JUnit's run ends. Classes that ask
         * for the same run one after the other.
         */
        SESSION
    }
}
