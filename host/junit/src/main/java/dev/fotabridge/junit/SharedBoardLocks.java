package dev.fotabridge.junit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Tells JUnit which tests may not run at the same time, since they share a board: those of one class, or of one session.
 * Tested by ParallelTest.
 */
final class SharedBoardLocks implements ResourceLocksProvider {
    @Override
    public Set<Lock> provideForClass(Class<?> testClass) {
        return locks(AnnotationSupport.findAnnotation(testClass, FotaBoard.class), testClass);
    }

    @Override
    public Set<Lock> provideForNestedClass(List<Class<?>> enclosing, Class<?> testClass) {
        return provideForClass(testClass);
    }

    @Override
    public Set<Lock> provideForMethod(List<Class<?>> enclosing, Class<?> testClass, Method method) {
        return locks(AnnotationSupport.findAnnotation(method, FotaBoard.class), testClass);
    }

    private static Set<Lock> locks(Optional<FotaBoard> annotation, Class<?> testClass) {
        return annotation
                .filter(asked -> asked.scope() != FotaBoard.Scope.METHOD)
                .map(asked -> Set.of(new Lock("fotabridge " + owner(asked, testClass))))
                .orElse(Set.of());
    }

    private static Object owner(FotaBoard asked, Class<?> testClass) {
        return asked.scope() == FotaBoard.Scope.CLASS
                ? testClass.getName()
                : BoardRequest.of(asked, "", "").owner();
    }
}
