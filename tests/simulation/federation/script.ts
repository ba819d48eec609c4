/**
 * What happens in a simulation, made from its seed alone: nothing of it depends on what became of anything before, so that
 * a seed asks for the same however fast the machine is. Whether it is allowed is for the servers to say.
 */
import type { ServerName, UserId } from "@federation/identifiers/identifier-types.ts";
import type { RoomVersionId } from "@federation/room-versions/room-version.ts";
import { type SeededRandom, seededRandom } from "@federation/testing/seeded-random.ts";
import { calm, type Weather } from "./simulated-network.ts";

export const serverNames = ["one", "two", "three", "four"].map((name) => `${name}.example` as ServerName);

/** The person of a server who is never acted on and never leaves. */
export const anchorOf = (server: ServerName): UserId => `@anchor:${server}` as UserId;

/** Everybody of a server, the anchor first. */
export const peopleOf = (server: ServerName): readonly UserId[] => [
	anchorOf(server),
	...["bo", "cy"].map((name) => `@${name}:${server}` as UserId),
];

/** The room that everybody's anchor is in from the beginning, and never leaves; and one that servers come into and leave. */
const [mainRoom, wildRoom] = [0, 1] as const;

export type Deed =
	| { readonly kind: "write" }
	| { readonly kind: "join" | "leave" }
	| { readonly kind: "typing" | "scroll" | "showProfile" }
	/** `chance` chooses the message, from 0 up to 1. */
	| { readonly kind: "reply" | "edit" | "react" | "redact" | "read"; readonly chance: number }
	| { readonly kind: "invite" | "kick" | "ban" | "unban" | "direct"; readonly targetId: UserId }
	| { readonly kind: "role"; readonly targetId: UserId; readonly role: "admin" | "moderator" | "member" }
	| { readonly kind: "name" | "topic"; readonly text: string }
	| { readonly kind: "joinRule"; readonly joinRule: "public" | "invite" | "restricted" }
	| { readonly kind: "visibility"; readonly visibility: string }
	/** undefined: everybody may take part again. */
	| { readonly kind: "acl"; readonly denied: ServerName | undefined };

/** Somebody does something in a room. */
export interface Act {
	readonly id: number;
	readonly userId: UserId;
	/** By the order in which the rooms were made. */
	readonly room: number;
	readonly deed: Deed;
}

/** A time of one weather. */
export interface Round {
	/** Servers that reach each other; undefined: all do. */
	readonly groups: readonly (readonly ServerName[])[] | undefined;
	readonly weather: Weather;
	/** By server: what its people do, one after the other, while the others do theirs. */
	readonly acts: ReadonlyMap<ServerName, readonly Act[]>;
	/** A process that ends in the middle of it. */
	readonly end:
		| { readonly server: ServerName; readonly kind: "crash" | "restart"; readonly afterMs: number }
		| undefined;
	/** How long nobody does anything at its end, and how much later it is then. */
	readonly restMs: number;
	readonly skipMs: number;
	/** Owners who try again at once. */
	readonly impatient: readonly ServerName[];
}

export interface Script {
	readonly seed: number;
	readonly versionId: RoomVersionId;
	readonly skewMs: ReadonlyMap<ServerName, number>;
	/** Those who are in the main room, besides the anchors, before anything happens. */
	readonly guests: readonly UserId[];
	readonly rounds: readonly Round[];
}

export interface ScriptOptions {
	/** By default 8, and of every tenth seed three times as many. */
	readonly rounds?: number;
}

const versionIds = ["12", "11", "10"] as const;
const hourMs = 3_600_000;
const usualRounds = 8;

export const writeScript = (seed: number, options: ScriptOptions = {}): Script => {
	const random = seededRandom(seed);
	const versionId = versionIds[seed % versionIds.length] ?? "12";
	const skewMs = new Map(serverNames.map((name) => [name, random.int(4_000) - 2_000]));
	const guests = seed % 2 === 0 ? serverNames.flatMap((name) => peopleOf(name).slice(1, 2)) : [];
	const count = options.rounds ?? (seed % 10 === 0 ? 3 * usualRounds : usualRounds);
	let acts = 0;
	const nextId = (): number => {
		acts += 1;
		return acts;
	};
	const rounds = Array.from({ length: count }, () => writeRound(random, nextId));
	return { seed, versionId, skewMs, guests, rounds };
};

const writeRound = (random: SeededRandom, nextId: () => number): Round => {
	const acts = new Map<ServerName, Act[]>();
	for (let left = 4 + random.int(8); left > 0; left -= 1) {
		const server = random.pick(serverNames);
		acts.set(server, [...(acts.get(server) ?? []), writeAct(random, { id: nextId(), server })]);
	}
	return {
		groups: random.chance(0.5) ? split(random) : undefined,
		weather: random.chance(0.3) ? calm : weatherOf(random),
		acts,
		end: random.chance(0.4)
			? { server: random.pick(serverNames), kind: random.chance(0.7) ? "crash" : "restart", afterMs: random.int(120) }
			: undefined,
		restMs: random.chance(0.5) ? random.int(120) : 0,
		skipMs: random.chance(0.1) ? 2 * hourMs : random.int(20_000),
		impatient: serverNames.filter(() => random.chance(0.5)),
	};
};

const split = (random: SeededRandom): readonly (readonly ServerName[])[] => {
	const groups: ServerName[][] = [[], [], []];
	for (const name of serverNames) groups[random.int(groups.length)]?.push(name);
	return groups;
};

const weatherOf = (random: SeededRandom): Weather => ({
	loss: random.int(20) / 100,
	answerLoss: random.int(20) / 100,
	late: random.int(10) / 100,
	double: random.int(20) / 100,
	longestMs: random.int(30),
});

const writeAct = (random: SeededRandom, { id, server }: { readonly id: number; readonly server: ServerName }): Act => {
	const room = random.chance(0.1) ? 2 + random.int(3) : random.chance(0.6) ? mainRoom : wildRoom;
	const deed = writeDeed(random, { id, server, room: room });
	const isAnchors = random.chance(0.5) && deed.kind !== "leave";
	const [anchor, ...others] = peopleOf(server);
	return {
		id,
		room: room,
		deed,
		userId: isAnchors || anchor === undefined ? anchorOf(server) : random.pick(others),
	};
};

const writeDeed = (
	random: SeededRandom,
	{ id, server, room }: { readonly id: number; readonly server: ServerName; readonly room: number },
): Deed => {
	const others = serverNames.flatMap((name) => peopleOf(name).slice(1));
	// In the wild room whole servers are removed; the person who made it is on the second server.
	const anchors = serverNames.filter((_, at) => at !== 1).map(anchorOf);
	const targetId = random.pick(room === wildRoom && random.chance(0.3) ? anchors : others);
	const weighted: readonly (readonly [number, () => Deed])[] = [
		[24, () => ({ kind: "write" })],
		[10, () => ({ kind: random.pick(["reply", "edit", "react", "redact"]), chance: random.int(1_000) / 1_000 })],
		[4, () => ({ kind: "read", chance: random.int(1_000) / 1_000 })],
		[2, () => ({ kind: "typing" })],
		[10, () => ({ kind: "invite", targetId })],
		[14, () => ({ kind: "join" })],
		[7, () => ({ kind: "leave" })],
		[5, () => ({ kind: "kick", targetId })],
		[4, () => ({ kind: "ban", targetId })],
		[4, () => ({ kind: "unban", targetId })],
		[6, () => ({ kind: "role", targetId, role: random.pick(["admin", "moderator", "member"]) })],
		[4, () => ({ kind: "name", text: `name ${id}` })],
		[5, () => ({ kind: "topic", text: `topic ${id}` })],
		[4, () => ({ kind: "joinRule", joinRule: random.pick(["public", "public", "invite", "restricted"]) })],
		[2, () => ({ kind: "visibility", visibility: random.pick(["shared", "joined", "invited"]) })],
		[
			room === wildRoom ? 4 : 0,
			() => ({ kind: "acl", denied: random.chance(0.5) ? random.pick(serverNames) : undefined }),
		],
		[2, () => ({ kind: "scroll" })],
		[2, () => ({ kind: "showProfile" })],
		[2, () => ({ kind: "direct", targetId: anchorOf(random.pick(serverNames.filter((name) => name !== server))) })],
	];
	let left = random.int(weighted.reduce((sum, [weight]) => sum + weight, 0));
	for (const [weight, deed] of weighted) {
		left -= weight;
		if (left < 0) return deed();
	}
	return { kind: "write" };
};
