package dev.fotabridge.station.http;

import dev.fotabridge.station.control.CommandAnswer;
import dev.fotabridge.station.control.StationControl;
import dev.fotabridge.station.metrics.StationMetrics;
import dev.fotabridge.station.page.PageFiles;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The station's HTTP server: API, stream, page. It listens on a loopback address and knows the station by {@link StationControl} alone.
 * Tested by StationServerIT.
 */
public final class StationServer implements AutoCloseable {
    /** A connection on which nothing moves for so long is closed: a client that asks nothing, or does not read what it asked for. */
    static final int IDLE_MILLIS = 10_000;
    /** Far more than any command needs. */
    static final int LARGEST_BODY_BYTES = 8_192;

    private static final int LARGEST_HEADER_BYTES = 8_192;
    /** Bytes that wait in the kernel for a client that does not read, so that it is noticed. */
    private static final int SEND_BUFFER_BYTES = 65_536;

    private static final int MOST_CONNECTIONS = 256;
    /** The pages' streams, and what comes beside them. */
    private static final int MOST_THREADS = StreamHub.MOST_CLIENTS + 32;

    private static final int FEWEST_THREADS = 4;
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Logger LOG = LoggerFactory.getLogger(StationServer.class);

    private final HttpSettings settings;
    private final StreamHub hub;
    private final Responses responses;
    private final List<ApiRoute> routes;
    private final Javalin server;
    private ServerConnector connector;

    private StationServer(StationControl control, HttpSettings settings) throws IOException {
        this.settings = settings;
        hub = StreamHub.of(control, System::nanoTime);
        EngineerSessions sessions = new EngineerSessions(settings.token(), System::nanoTime);
        responses = new Responses(sessions);
        StationMetrics metrics = StationMetrics.of(control, hub::clients);
        routes = Stream.of(
                        new BayRoutes(control, responses, new EventStream(control, hub)).all(),
                        new RecordRoutes(control, responses).all(),
                        new StationRoutes(control, responses, metrics).all(),
                        new LoginRoutes(sessions, responses).all(),
                        new PageRoutes(PageFiles.load(settings.texts())).all())
                .flatMap(List::stream)
                .toList();
        server = Javalin.create(this::configure);
    }

    /**
     * Starts serving. What a bay shows must be restored before.
     *
     * @param control the station; stays open when the server is closed
     * @param settings where to listen
     * @throws IOException if the port cannot be had, or the file with texts cannot be used; the message is a sentence
     */
    public static StationServer start(StationControl control, HttpSettings settings) throws IOException {
        StationServer server = new StationServer(control, settings);
        server.listen();
        return server;
    }

    /** {@return the page's address} */
    public String url() {
        String name = settings.listen().host().contains(":")
                ? "[" + settings.listen().host() + "]"
                : settings.listen().host();
        return "http://" + name + ":" + port() + "/";
    }

    /** {@return the port on which it listens} */
    public int port() {
        return connector.getLocalPort();
    }

    /** Ends all streams and requests, and gives the port back. */
    @Override
    public void close() {
        hub.close();
        server.stop();
    }

    /** {@return method and path of every route, as in {@code openapi.yaml}} */
    List<ApiRoute> routes() {
        return routes;
    }

    private void listen() throws IOException {
        try {
            server.start();
        } catch (JavalinBindException e) {
            throw new IOException(
                    "Port " + settings.listen().port() + " of "
                            + settings.listen().host()
                            + " cannot be listened on: another program or station"
                            + " holds it. Stop that, or choose another port by `listen` in station.yaml.",
                    e);
        }
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.maxRequestSize = LARGEST_BODY_BYTES;
        config.http.prefer405over404 = true;
        config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS, IDLE_MILLIS);
        config.jetty.addConnector(this::connector);
        config.routes.before(this::check);
        routes.forEach(route -> config.routes.addHttpHandler(route.method(), route.path(), context -> {
            if (route.access() == ApiRoute.Access.ENGINEER) {
                responses.requireEngineer(context);
            }
            route.handler().handle(context);
        }));
        config.routes.exception(ApiProblem.class, (problem, context) -> responses.show(context, problem.answer()));
        config.routes.exception(HttpResponseException.class, this::showHttpProblem);
        config.routes.exception(Exception.class, this::showBug);
    }

    private Connector connector(Server jetty, HttpConfiguration unused) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(LARGEST_HEADER_BYTES);
        connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.listen().host());
        connector.setPort(settings.listen().port());
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
        jetty.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        return connector;
    }

    private void check(Context context) {
        context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cache-Control", "no-store");
        RequestGuard guard = new RequestGuard(settings.listen().host(), port(), settings.names());
        guard.refusal(context.req().getMethod(), context::header).ifPresent(answer -> {
            throw new ApiProblem(answer);
        });
    }

    private void showHttpProblem(HttpResponseException problem, Context context) {
        String message = switch (problem.getStatus()) {
            case 404 -> "There is nothing at " + context.path() + "; /api/v1/openapi.yaml lists what there is.";
            case 405 -> "The method " + context.method() + " is not for " + context.path() + ".";
            case 413 -> "The body has more than " + LARGEST_BODY_BYTES + " bytes.";
            default -> "The request cannot be answered: " + problem.getMessage() + ".";
        };
        responses.show(context, CommandAnswer.of(problem.getStatus(), "HTTP_" + problem.getStatus(), message));
    }

    private void showBug(Exception bug, Context context) {
        if (context.res().isCommitted()) {
            // The client is gone, in most cases; nothing can be said to it any more.
            LOG.debug("A response ended early.", bug);
            return;
        }
        LOG.error("A bug of the station's HTTP server, at {}.", context.path(), bug);
        responses.show(
                context,
                CommandAnswer.of(
                        500,
                        "INTERNAL_ERROR",
                        "This is a bug of FOTA Bridge: please report it with the station's log."));
    }
}
