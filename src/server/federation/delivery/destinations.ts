import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { parseServerName } from "../../../../federation/identifiers/server-name.ts";
import type { UnreachableReason } from "../../../../federation/ports/peer-transport.ts";
import { AppError } from "../../../shared/app-error.ts";
import { destinationProblems } from "../../../shared/wire/federation-calls.ts";
import type { ServerGate } from "../rules/create-server-rules.ts";
import type { DestinationSummary, OutboxStore } from "./ports.ts";

export interface DestinationsDependencies {
	readonly outbox: Pick<OutboxStore, "list" | "retryNow">;
	readonly gate: ServerGate;
	/** Tells the process that sends. */
	readonly announce: () => void;
}

/** Another server, and how sending to it goes. */
export interface Destination extends DestinationSummary {
	readonly state: "healthy" | "retrying" | "catchingUp" | "blocked";
	/** What kind of failure the last one was. */
	readonly problem: UnreachableReason | "refused" | undefined;
}

const mostListed = 1_000;

/** Other servers as the owner of this one sees them. */
export const createDestinations = ({ outbox, gate, announce }: DestinationsDependencies) => ({
	/** Those that fail first, then those for which most waits. */
	list: async (): Promise<readonly Destination[]> =>
		(await outbox.list(mostListed)).map((summary) => ({
			...summary,
			state: stateOf(summary, gate),
			problem: problemOf(summary.lastError),
		})),
	/** Tries a server that fails again at once. Throws `bad-input` for what is no server name. */
	retryNow: async (name: string): Promise<void> => {
		const server: ServerName | undefined = parseServerName(name);
		if (server === undefined) throw new AppError("bad-input");
		if (await outbox.retryNow(server)) announce();
	},
});

const stateOf = (summary: DestinationSummary, gate: ServerGate): Destination["state"] => {
	if (!gate.isAllowed(summary.serverName)) return "blocked";
	if (summary.failingSince !== undefined) return "retrying";
	return summary.catchUp === undefined ? "healthy" : "catchingUp";
};

/** A failure is put down as its kind, a colon and more. */
const problemOf = (lastError: string | undefined): Destination["problem"] => {
	const kind = lastError?.split(":", 1)[0];
	return destinationProblems.find((problem) => problem === kind);
};
