/**
 * A room's life over several servers, made from a seed: acts while the servers are split into groups that do not hear
 * each other, rogue events, PDUs that are altered on their way or come in the wrong order, and at the end everybody hears
 * everything. After that all servers must hold the same room.
 */
import type { RoomEvent } from "../events/room-event.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import { withKey } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { Signer } from "../ports/signer.ts";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import { roomVersions } from "../room-versions/room-versions.ts";
import { roomId } from "./identifiers.ts";
import { type SeededRandom, seededRandom } from "./seeded-random.ts";
import { anchorOf, membership, peopleOf, randomAct } from "./simulated-acts.ts";
import { type Act, SimulatedServer, type SimulatedWorld } from "./simulated-server.ts";

/** A signer with the key that others verify it by. */
export interface SimulatedSigner extends Signer {
	readonly publicKey: Uint8Array;
}

/** What a history is made from. */
export interface HistoryOptions {
	readonly seed: number;
	readonly versionId: RoomVersionId;
	/** One for each server. */
	readonly signers: readonly SimulatedSigner[];
	readonly verifier: SignatureVerifier;
	/** How many times the servers are split anew; 6 by default. */
	readonly rounds?: number;
}

const startTs = 1_700_000_000_000;

/** Runs a whole history and returns the servers as they are at its end. */
export const runHistory = async (options: HistoryOptions): Promise<SimulatedHistory> => {
	const history = new SimulatedHistory(options);
	await history.begin();
	for (let round = 0; round < (options.rounds ?? 6); round++) await history.live();
	await history.end();
	return history;
};

/** A history in progress. */
export class SimulatedHistory {
	readonly servers: readonly SimulatedServer[];
	readonly #random: SeededRandom;
	readonly #world: SimulatedWorld;
	/** Every event as it was signed, in the order in which they were made. */
	readonly #pdus = new Map<EventId, JsonObject>();
	#ticks = 0;
	#begun: ReadonlySet<EventId> = new Set();

	constructor({ seed, versionId, signers, verifier }: HistoryOptions) {
		const version = roomVersions[versionId];
		const publicKeys = new Map<string, Uint8Array>(signers.map((signer) => [signer.serverName, signer.publicKey]));
		this.#random = seededRandom(seed);
		this.#world = {
			version,
			verifier: rememberingVerifier(verifier),
			roomId: version.roomIdIsCreateHash ? undefined : roomId(`!room:${signers[0]?.serverName}`),
			keys: (server) => {
				const publicKey = publicKeys.get(server);
				const validUntilTs = startTs + 86_400_000;
				return publicKey && { kind: "current", publicKey, validUntilTs, receivedTs: startTs };
			},
		};
		this.servers = signers.map((signer) => new SimulatedServer(signer, this.#world));
	}

	/** Every event as it was signed, in the order in which they were made. */
	get pdus(): readonly JsonObject[] {
		return [...this.#pdus.values()];
	}

	/** What the servers share: the room's id and version, and everybody's keys. */
	get world(): SimulatedWorld {
		return this.#world;
	}

	/** A further server, which has heard nothing yet. */
	newcomer(signer: Signer): SimulatedServer {
		return new SimulatedServer(signer, this.#world);
	}

	/** Creates the room; every anchor joins, and some of the others. */
	async begin(): Promise<void> {
		const [first] = this.servers;
		if (first === undefined) throw new Error("a history needs a server");
		const creator = anchorOf(first.name);
		const state = (type: string, content: JsonObject) => ({ sender: creator, type, stateKey: "", content });
		const { id, privilegedCreators } = this.#world.version;
		const anchors = this.servers.map(({ name }) => anchorOf(name)).slice(privilegedCreators ? 1 : 0);
		const users = Object.fromEntries(anchors.map((anchor) => [anchor, 100]));
		await this.#everywhere(first, state("m.room.create", { room_version: id }));
		await this.#everywhere(first, membership(creator, creator, { membership: "join" }));
		await this.#everywhere(first, state("m.room.power_levels", { users }));
		await this.#everywhere(first, state("m.room.join_rules", { join_rule: "public" }));
		for (const server of this.servers) {
			const people = server === first ? [] : [anchorOf(server.name)];
			for (const person of [...people, ...peopleOf(server.name).slice(1)]) {
				await this.#everywhere(server, membership(person, person, { membership: "join" }));
			}
		}
		this.#begun = new Set(this.#pdus.keys());
	}

	/** Splits the servers, lets them act, and lets the groups hear their own. */
	async live(): Promise<void> {
		const groups = new Map(this.servers.map((server) => [server, this.#random.int(3)]));
		const names = this.servers.map(({ name }) => name);
		for (let i = 4 + this.#random.int(6); i > 0; i--) {
			const server = this.#random.pick(this.servers);
			const event = await this.#send(server, {
				...this.#rogueness(server),
				proto: randomAct(server, names, this.#random),
			});
			if (event === undefined) continue;
			for (const [other, group] of groups) {
				if (group === groups.get(server) && this.#random.chance(0.7)) await other.receive(this.#transported(event));
			}
		}
		for (const group of new Set(groups.values())) {
			if (this.#random.chance(0.5)) await this.#exchange(this.servers.filter((server) => groups.get(server) === group));
		}
	}

	/** Everybody hears everything; then each anchor speaks, so that no end of the graph is left that one server hides. */
	async end(): Promise<void> {
		await this.#exchange(this.servers);
		for (const server of [...this.servers, ...this.servers]) {
			const sender = anchorOf(server.name);
			await this.#everywhere(server, { sender, type: "m.room.message", content: { body: "here" } });
		}
	}

	async #everywhere(server: SimulatedServer, proto: Act["proto"]): Promise<void> {
		const event = await this.#send(server, { proto });
		if (event === undefined) throw new Error(`${server.name} may not send ${proto.type}`);
		for (const other of this.servers) await other.receive(event.json);
	}

	async #send(server: SimulatedServer, act: Omit<Act, "originServerTs">): Promise<RoomEvent | undefined> {
		this.#ticks += 1;
		// Clocks that are coarse and wrong: equal and reversed times must not matter.
		const skewMs = this.#random.chance(0.2) ? -this.#random.int(20) : 0;
		const event = await server.send({ ...act, originServerTs: startTs + Math.floor(this.#ticks / 3) + 20 + skewMs });
		if (event !== undefined) this.#pdus.set(event.eventId, event.json);
		return event;
	}

	/** Now and then a server builds on an old event, and may not even ask whether its own rules allow that. */
	#rogueness(server: SimulatedServer): Pick<Act, "prevEvents" | "isUnchecked"> {
		if (!this.#random.chance(0.15)) return {};
		const isUnchecked = this.#random.chance(0.3);
		const old = server.room.events.filter(({ eventId }) => !this.#begun.has(eventId));
		return old.length === 0 ? { isUnchecked } : { isUnchecked, prevEvents: [this.#random.pick(old).eventId] };
	}

	async #exchange(servers: readonly SimulatedServer[]): Promise<void> {
		const events = new Map(servers.flatMap(({ room }) => room.events.map((event) => [event.eventId, event] as const)));
		for (const server of servers) {
			for (const event of this.#random.shuffled([...events.values()])) {
				if (!server.room.knows([event.eventId])) await server.receive(this.#transported(event));
			}
		}
	}

	/** The PDU as it arrives: some are altered on the way, and the receiver has to go on with the redacted copy. */
	#transported({ eventId }: RoomEvent): JsonObject {
		const pdu = this.#pdus.get(eventId);
		if (pdu === undefined) throw new Error(`nobody made ${eventId}`);
		if (!this.#random.chance(0.05)) return pdu;
		return withKey(pdu, "content", withKey(pdu["content"] as JsonObject, "altered", true));
	}
}

/** Every server verifies every event; the sum need be done once. */
const rememberingVerifier = (verifier: SignatureVerifier): SignatureVerifier => {
	const known = new Map<string, boolean>();
	return {
		verify: (publicKey, message, signature) => {
			const key = [publicKey, message, signature].map((bytes) => bytes.join()).join("|");
			const verdict = known.get(key) ?? verifier.verify(publicKey, message, signature);
			known.set(key, verdict);
			return verdict;
		},
	};
};
