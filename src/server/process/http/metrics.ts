import { createServer, type Server } from "node:http";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Log } from "../../../shared/log.ts";

export interface Metrics {
	readonly registry: Registry;
	observeRequest(request: { readonly method: string; readonly status: number; readonly durationMs: number }): void;
	/** A number that is asked for whenever somebody reads the metrics. */
	gauge(name: string, help: string, read: () => number): void;
	/** The same by one label, of which there are few values. */
	gauges(
		metric: { readonly name: string; readonly help: string; readonly label: string },
		read: () => ReadonlyMap<string, number>,
	): void;
}

export function createMetrics(): Metrics {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const requests = new Histogram({
		name: "kith_http_request_duration_seconds",
		help: "How long HTTP requests took to answer",
		labelNames: ["method", "status"] as const,
		buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
		registers: [registry],
	});
	return {
		registry,
		// Never the path: it may name a room or a person, and each would be a series of its own.
		observeRequest: ({ method, status, durationMs }) =>
			requests.observe({ method, status: `${Math.floor(status / 100)}xx` }, durationMs / 1000),
		gauge: (name, help, read) => {
			new Gauge({
				name,
				help,
				registers: [registry],
				collect() {
					this.set(read());
				},
			});
		},
		gauges: ({ name, help, label }, read) => {
			new Gauge({
				...{ name, help, labelNames: [label], registers: [registry] },
				collect() {
					for (const [value, count] of read()) this.set({ [label]: value }, count);
				},
			});
		},
	};
}

/** Serves the metrics to this machine alone. A taken port costs the metrics, not the server. */
export async function serveMetrics(port: number, registry: Registry, log: Log): Promise<Server | undefined> {
	if (port === 0) return undefined;
	const server = createServer((request, response) => {
		if (request.url !== "/metrics") {
			response.writeHead(404).end();
			return;
		}
		registry.metrics().then(
			(text) => response.writeHead(200, { "Content-Type": registry.contentType }).end(text),
			(err: unknown) => {
				log.error({ err }, "the metrics could not be read");
				response.writeHead(500).end();
			},
		);
	});
	server.unref();
	return new Promise((resolve) => {
		server.once("error", (err) => {
			log.warn({ err, port }, "no metrics: KITH_METRICS_PORT is taken");
			resolve(undefined);
		});
		server.listen(port, "127.0.0.1", () => resolve(server));
	});
}
