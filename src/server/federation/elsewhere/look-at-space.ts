import type { Given } from "../../../../federation/handshakes/ask-for-events.ts";
import { askForHierarchy, type ToldHierarchy } from "../../../../federation/handshakes/ask-for-hierarchy.ts";
import type { HandshakeFailure } from "../../../../federation/handshakes/membership/asking.ts";
import type { RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { MembershipDependencies } from "../membership/membership-dependencies.ts";

/** What servers told a moment ago: somebody who reads on asks for the same again. */
export interface KeptTellings {
	get(key: string): ToldHierarchy | undefined;
	keep(key: string, told: ToldHierarchy): void;
}

const keepMs = 60_000;
const mostKept = 100;

export const createKeptTellings = (clock: { now(): number }): KeptTellings => {
	const kept = new Map<string, { readonly until: number; readonly told: ToldHierarchy }>();
	return {
		get: (key) => {
			const found = kept.get(key);
			return found !== undefined && found.until > clock.now() ? found.told : undefined;
		},
		keep: (key, told) => {
			kept.delete(key);
			kept.set(key, { until: clock.now() + keepMs, told });
			const [oldest] = kept.keys();
			if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
		},
	};
};

/** What one walk may ask of other servers. */
export interface Looks {
	/** What is told of the room by the first of the servers that knows it; a failure for each that does not. */
	at(
		roomId: RoomId,
		via: readonly ServerName[],
	): Promise<{ readonly told: ToldHierarchy | undefined; readonly failures: readonly HandshakeFailure[] }>;
}

const askTimeoutMs = 8_000;
/** Somebody waits for the page. */
const walkMs = 20_000;
const mostAsks = 40;
const mostServers = 3;

/** Asks about rooms: a server that did not answer is not asked again in this walk, and the walk has an end. */
export const createLooks = (
	{ transport, clock, serverName }: Pick<MembershipDependencies, "transport" | "clock" | "serverName">,
	kept: KeptTellings,
	isSuggestedOnly: boolean,
): Looks => {
	const until = clock.now() + walkMs;
	const silent = new Set<ServerName>();
	let asksLeft = mostAsks;
	const ask = async (server: ServerName, roomId: RoomId): Promise<Given<{ told: ToldHierarchy | undefined }>> => {
		const key = `${server}\n${roomId}\n${isSuggestedOnly}`;
		const known = kept.get(key);
		if (known !== undefined) return { kind: "given", told: known };
		const isOver = asksLeft === 0 || clock.now() >= until || silent.has(server);
		if (isOver) return { kind: "unreachable", reason: "timeout", detail: "not asked again" };
		asksLeft -= 1;
		const given = await askForHierarchy(
			{ peers: transport, server, roomId },
			{ isSuggestedOnly, timeoutMs: askTimeoutMs },
		);
		if (given.kind === "unreachable") silent.add(server);
		if (given.kind === "given" && given.told !== undefined) kept.keep(key, given.told);
		return given;
	};
	return {
		at: async (roomId, via) => {
			const failures: HandshakeFailure[] = [];
			for (const server of via.filter((name) => name !== serverName).slice(0, mostServers)) {
				const given = await ask(server, roomId);
				if (given.kind === "given" && given.told !== undefined) return { told: given.told, failures };
				if (given.kind !== "given") failures.push(given);
			}
			return { told: undefined, failures };
		},
	};
};
