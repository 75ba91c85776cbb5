package dev.fotabridge.station.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * A route of the server.
 *
 * @param method GET or POST
 * @param path in Javalin's notation, as in {@code openapi.yaml}
 * @param access who may use it
 * @param handler answers
 */
record ApiRoute(HandlerType method, String path, Access access, Handler handler) {
    /** Who may use a route. */
    enum Access {
        /** Whoever reaches the server. */
        ANYBODY,
        /** Who has logged in with the token. */
        ENGINEER
    }

    static ApiRoute get(String path, Handler handler) {
        return new ApiRoute(HandlerType.GET, path, Access.ANYBODY, handler);
    }

    static ApiRoute post(String path, Handler handler) {
        return new ApiRoute(HandlerType.POST, path, Access.ANYBODY, handler);
    }

    static ApiRoute engineer(String path, Handler handler) {
        return new ApiRoute(HandlerType.POST, path, Access.ENGINEER, handler);
    }
}
