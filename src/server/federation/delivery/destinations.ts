import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { parseServerName } from "../../../../federation/identifiers/server-name.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { DestinationSummary, OutboxStore } from "./ports.ts";

export interface DestinationsDependencies {
	readonly outbox: Pick<OutboxStore, "list" | "retryNow">;
	/** Tells the process that sends. */
	readonly announce: () => void;
}

/** Another server, and how sending to it goes. */
export interface Destination extends DestinationSummary {
	readonly state: "healthy" | "retrying";
}

const mostListed = 1_000;

/** Other servers as the owner of this one sees them. */
export const createDestinations = ({ outbox, announce }: DestinationsDependencies) => ({
	/** Those that fail first, then those for which most waits. */
	list: async (): Promise<readonly Destination[]> =>
		(await outbox.list(mostListed)).map((summary) => ({
			...summary,
			state: summary.failingSince === undefined ? "healthy" : "retrying",
		})),
	/** Tries a server that fails again at once. Throws `bad-input` for what is no server name. */
	retryNow: async (name: string): Promise<void> => {
		const server: ServerName | undefined = parseServerName(name);
		if (server === undefined) throw new AppError("bad-input");
		if (await outbox.retryNow(server)) announce();
	},
});
