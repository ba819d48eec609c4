import type { ServerName } from "@federation/identifiers/identifier-types.ts";
import { type SeededRandom, seededRandom } from "@federation/testing/seeded-random.ts";
import type { ExchangeResult } from "../../../src/server/adapters/peer-http/exchange.ts";
import { pause } from "./simulated-time.ts";

/** A request as it is on the wire. */
export interface WireRequest {
	readonly method: string;
	/** Path and query. */
	readonly uri: string;
	readonly authorization: string;
	readonly body?: string;
}

export interface WireAnswer {
	readonly status: number;
	readonly body: string;
}

/** A process that others can ask. One that has ended gets and sends nothing any more. */
export interface Host {
	readonly name: ServerName;
	readonly isUp: boolean;
	answer(request: WireRequest): Promise<WireAnswer>;
}

/** How likely what happens to a request; each from 0 to 1. */
export interface Weather {
	/** It does not arrive. */
	readonly loss: number;
	/** It arrives, and its answer does not. */
	readonly answerLoss: number;
	/** It arrives long after nobody waits for it any longer. */
	readonly late: number;
	/** It arrives twice. */
	readonly double: number;
	/** Each way takes up to so many milliseconds. */
	readonly longestMs: number;
}

export const calm: Weather = { loss: 0, answerLoss: 0, late: 0, double: 0, longestMs: 0 };

export interface SimulatedNetwork {
	/** The process that is reached by its server's name from now on. */
	attach(host: Host): void;
	/** Servers of different groups do not reach each other. */
	split(groups: readonly (readonly ServerName[])[]): void;
	join(): void;
	setWeather(weather: Weather): void;
	/** Requests and answers on their way. */
	underWay(): number;
	carry(from: Host, to: ServerName, request: WireRequest): Promise<ExchangeResult>;
}

/** What happens to one request. */
interface Fate {
	readonly isLost: boolean;
	readonly isAnswerLost: boolean;
	readonly isLate: boolean;
	readonly isDoubled: boolean;
	readonly thereMs: number;
	readonly backMs: number;
	readonly lateMs: number;
}

const longestLatenessMs = 300;

/** Servers ask each other over it. Each pair of servers has chances of its own, so that they depend on nobody else. */
export const createSimulatedNetwork = (seed: number): SimulatedNetwork => {
	const hosts = new Map<ServerName, Host>();
	const chances = new Map<string, SeededRandom>();
	const groups = new Map<ServerName, number>();
	let weather = calm;
	let underWay = 0;
	const tracked = async <T>(work: () => Promise<T>): Promise<T> => {
		underWay += 1;
		try {
			return await work();
		} finally {
			underWay -= 1;
		}
	};
	const chancesOf = (from: ServerName, to: ServerName): SeededRandom => {
		const link = `${from}>${to}`;
		const known =
			chances.get(link) ?? seededRandom(seed * 7919 + [...link].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7));
		chances.set(link, known);
		return known;
	};
	const isCut = (from: ServerName, to: ServerName): boolean => groups.get(from) !== groups.get(to);
	const reach = (from: Host, to: ServerName): Host | undefined => {
		const host = hosts.get(to);
		return from.isUp && host?.isUp === true && !isCut(from.name, to) ? host : undefined;
	};
	/** Nobody waits for the answer. */
	const deliverLater = (from: Host, to: ServerName, { request, ms }: { request: WireRequest; ms: number }): void => {
		void tracked(async () => {
			await pause(ms);
			await reach(from, to)?.answer(request);
		});
	};
	const carryNow = async (from: Host, to: ServerName, request: WireRequest): Promise<ExchangeResult> => {
		const fate = fateOf(chancesOf(from.name, to), weather);
		await pause(fate.thereMs);
		const host = reach(from, to);
		if (host === undefined) return failed("connection");
		if (fate.isLost) return failed("timeout");
		if (fate.isLate) {
			deliverLater(from, to, { request, ms: fate.lateMs });
			return failed("timeout");
		}
		if (fate.isDoubled) deliverLater(from, to, { request, ms: fate.backMs });
		const answer = await host.answer(request);
		await pause(fate.backMs);
		// A process that has ended meanwhile, or is cut off, does not hear the answer.
		if (fate.isAnswerLost || reach(from, to) !== host) return failed("timeout");
		return { kind: "response", status: answer.status, headers: {}, body: Buffer.from(answer.body) };
	};
	return {
		attach: (host) => void hosts.set(host.name, host),
		split: (parts) => {
			for (const [at, names] of parts.entries()) for (const name of names) groups.set(name, at);
		},
		join: () => groups.clear(),
		setWeather: (next) => {
			weather = next;
		},
		underWay: () => underWay,
		carry: (from, to, request) => tracked(() => carryNow(from, to, request)),
	};
};

const fateOf = (random: SeededRandom, weather: Weather): Fate => ({
	isLost: random.chance(weather.loss),
	isAnswerLost: random.chance(weather.answerLoss),
	isLate: random.chance(weather.late),
	isDoubled: random.chance(weather.double),
	thereMs: random.int(weather.longestMs + 1),
	backMs: random.int(weather.longestMs + 1),
	lateMs: random.int(longestLatenessMs),
});

const failed = (reason: "connection" | "timeout"): ExchangeResult => ({
	kind: "failed",
	reason,
	detail: "in the simulation",
	isStale: false,
});
