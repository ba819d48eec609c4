import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { Log } from "../../../shared/log.ts";
import type { OutboxStore } from "./ports.ts";

export interface HeardFromDependencies {
	readonly outbox: Pick<OutboxStore, "retryNow">;
	readonly clock: { now(): number };
	readonly log: Log;
	/** Tells the process that sends. */
	readonly announce: () => void;
}

/** A server that cannot be reached but asks all day is tried no more often than this. */
const restMs = 10_000;
const maxServers = 10_000;

/** A server that asks something is there: what waits for it is sent now, whatever was planned. Returns at once. */
export const createHeardFrom = ({
	outbox,
	clock,
	log,
	announce,
}: HeardFromDependencies): ((server: ServerName) => void) => {
	const heard = new Map<ServerName, number>();
	return (server) => {
		const now = clock.now();
		const last = heard.get(server);
		if (last !== undefined && now - last < restMs) return;
		if (heard.size >= maxServers) heard.clear();
		heard.set(server, now);
		outbox.retryNow(server).then(
			(wasFailing) => {
				if (wasFailing) announce();
			},
			(err: unknown) => log.warn({ err, peer: server }, "it could not be noted that a server is back"),
		);
	};
};
