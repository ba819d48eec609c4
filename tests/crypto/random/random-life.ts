import { TRPCError } from "@trpc/server";
import { type SeededRandom, seededRandom } from "../../../federation/testing/seeded-random.ts";
import { Refused, Unanswered } from "../../../src/client/crypto/worker/key-server.ts";
import type { SoakDatabase } from "../../simulation/federation/soak-databases.ts";
import { type CryptoWorld, openCryptoWorld } from "../world/crypto-world.ts";
import type { CoreDevice, WorldDevice } from "../world/world-device.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import type { LiveDevice, Person } from "./person.ts";

/** Each has so many devices at most. */
const mostDevices = 3;

/** A life under way. */
interface Life {
	readonly world: CryptoWorld;
	readonly random: SeededRandom;
	readonly people: readonly Person[];
	readonly rooms: readonly { readonly roomId: string; readonly creator: Person }[];
	readonly ledger: Ledger;
	isCut: boolean;
}

export interface LifeReport {
	readonly faults: readonly string[];
	readonly counts: { readonly said: number; readonly readings: number; readonly refused: number };
}

export interface LifeOptions {
	readonly seed: number;
	readonly actions: number;
	/** Nothing waits until what happened before has arrived at the other server. */
	readonly isHurried?: boolean;
}

/**
 * Four people with up to three devices each, of both implementations, on two servers: they talk, sign in and out, are away, leave
 * and come back, while engines are killed and the servers are cut off from each other and started anew. At the end everybody is there, and each device
 * must read what it was entitled to, and nothing that it was not.
 */
export const liveAtRandom = async (
	disks: readonly SoakDatabase[],
	{ seed, actions, isHurried = false }: LifeOptions,
): Promise<LifeReport> => {
	await using world = await openCryptoWorld(disks, seed);
	const life = await begin(world, seed);
	let refused = 0;
	for (let at = 0; at < actions; at += 1) {
		const action = chosen(life.random);
		try {
			await action(life);
		} catch (error) {
			// A server that is not there, or somebody who may not: that is life, too.
			if (!(error instanceof TRPCError || error instanceof Unanswered || error instanceof Refused)) throw error;
			refused += 1;
		}
		if (!(isHurried || life.isCut)) await settle(life);
	}
	await reunite(life);
	const { faults, readings } = await life.ledger.compare(life.people);
	return { faults, counts: { said: life.ledger.said(), readings, refused } };
};

const begin = async (world: CryptoWorld, seed: number): Promise<Life> => {
	const people: Person[] = [];
	for (const [at, name] of ["ann", "bob", "cleo", "dora"].entries()) {
		const server = at < 2 ? 0 : 1;
		people.push({ userId: await world.addPerson(name, server), server, devices: [], signedIn: 0 });
	}
	const random = seededRandom(seed);
	for (const person of people) await signIn(world, person, random.chance(0.5) ? "core" : "libolm");
	const rooms: Life["rooms"][number][] = [];
	for (const at of [0, 2]) {
		const creator = personAt(people, at);
		const others = people.filter((person) => person !== creator).map(onlyDevice);
		rooms.push({ roomId: await world.createRoom(onlyDevice(creator), others), creator });
	}
	const ledger = createLedger(rooms.map(({ roomId }) => roomId));
	for (const { roomId } of rooms) for (const person of people) ledger.entered(person, roomId);
	const life = { world, random, people, rooms, ledger, isCut: false };
	await settle(life);
	return life;
};

const personAt = (people: readonly Person[], at: number): Person => {
	const person = people[at];
	if (person === undefined) throw new Error("there are four");
	return person;
};

const onlyDevice = ({ devices }: Person): WorldDevice => {
	const [first] = devices;
	if (first === undefined) throw new Error("nobody is signed in");
	return first.device;
};

const signIn = async (world: CryptoWorld, person: Person, kind: "core" | "libolm"): Promise<LiveDevice> => {
	person.signedIn += 1;
	const device = await world[kind](person.userId, `DEVICE${person.signedIn}`);
	const [first] = person.devices;
	if (first === undefined) await device.bootstrap();
	else await device.joinIdentity(await first.device.exportIdentity());
	const live = { device, isOnline: true };
	person.devices.push(live);
	return live;
};

/** Everything arrives, and is known to have. */
const settle = async ({ world, ledger }: Pick<Life, "world" | "ledger">): Promise<void> => {
	await world.settle();
	ledger.settled();
};

type Action = (life: Life) => Promise<void>;

const online = ({ devices }: Person): LiveDevice[] => devices.filter(({ isOnline }) => isOnline);

const say: Action = async (life) => {
	const { random, ledger, people } = life;
	const { roomId } = random.pick(life.rooms);
	const writers = people.filter((person) => ledger.membership(person, roomId) === "join" && online(person).length > 0);
	if (writers.length === 0) return;
	const person = random.pick(writers);
	const { device } = random.pick(online(person));
	await device.sync();
	const body = `${ledger.said() + 1}`;
	const eventId = await device.say(roomId, body);
	const event = (await device.eventsOf(roomId)).find((one) => one.eventId === eventId);
	if (event === undefined) throw new Error("what was said is not there");
	ledger.say({ event, body, person, people, isCut: life.isCut });
};

const sync: Action = async ({ random, people }) => {
	const all = people.flatMap(online);
	if (all.length > 0) await random.pick(all).device.sync();
};

const comeAndGo: Action = async ({ random, people }) => {
	const live = random.pick(people.flatMap(({ devices }) => devices));
	live.isOnline = !live.isOnline;
};

const addDevice: Action = async ({ world, random, people, ledger }) => {
	const person = random.pick(people);
	if (person.devices.length >= mostDevices) return;
	const { device } = await signIn(world, person, random.chance(0.5) ? "core" : "libolm");
	ledger.changedDevices(device);
};

const removeDevice: Action = async ({ world, random, people }) => {
	const several = people.filter(({ devices }) => devices.length > 1);
	if (several.length === 0) return;
	const person = random.pick(several);
	const [gone] = person.devices.splice(random.int(person.devices.length), 1);
	if (gone !== undefined) await world.signOut(gone.device);
};

const leaveOrReturn: Action = async ({ random, people, rooms, ledger }) => {
	const { roomId, creator } = random.pick(rooms);
	const person = random.pick(people.filter((other) => other !== creator));
	const { device } = random.pick(person.devices);
	const membership = ledger.membership(person, roomId);
	if (membership === "join") {
		await device.call.rooms.leave({ roomId });
		ledger.left(person, roomId);
		return;
	}
	if (membership === undefined) {
		await onlyDevice(creator).call.rooms.invite({ roomId, userId: person.userId });
		ledger.invited(person, roomId);
	}
	await device.call.rooms.join({ room: roomId, via: [creator.userId.slice(creator.userId.indexOf(":") + 1)] });
	ledger.entered(person, roomId);
};

const rotate: Action = async ({ random, people, rooms }) => {
	await random.pick(people.flatMap(({ devices }) => devices)).device.rotate(random.pick(rooms).roomId);
};

const cutOrJoin: Action = async (life) => {
	const { world } = life;
	if (!life.isCut) {
		world.network.split(world.kiths.map(({ name }) => [name]));
		life.isCut = true;
		return;
	}
	await rejoin(life);
};

const rejoin = async (life: Life): Promise<void> => {
	const { world, people, rooms } = life;
	world.network.join();
	life.isCut = false;
	await world.retry();
	await settle(life);
	// Who was not reached while a key was given out gets the next one.
	for (const { device } of people.flatMap(({ devices }) => devices)) {
		for (const { roomId } of rooms) await device.rotate(roomId);
	}
};

const killEngine: Action = async ({ random, people }) => {
	const { device } = random.pick(people.flatMap(({ devices }) => devices));
	if (device.kind === "core") await (device as CoreDevice).restartEngine();
};

const restart: Action = async (life) => {
	const kith = life.random.pick(life.world.kiths);
	await kith.restart();
};

const rest: Action = async (life) => {
	if (!life.isCut) await settle(life);
};

/** What happens, and how often of a hundred times. */
const actions: readonly (readonly [number, Action])[] = [
	[40, say],
	[20, sync],
	[10, comeAndGo],
	[5, addDevice],
	[3, removeDevice],
	[5, leaveOrReturn],
	[4, rotate],
	[3, cutOrJoin],
	[4, killEngine],
	[1, restart],
	[5, rest],
];

const chosen = (random: SeededRandom): Action => {
	let left = random.int(100);
	for (const [weight, action] of actions) {
		if (left < weight) return action;
		left -= weight;
	}
	return say;
};

/** Everybody is there again and hears everything. */
const reunite = async (life: Life): Promise<void> => {
	if (life.isCut) await rejoin(life);
	await settle(life);
	for (const live of life.people.flatMap(({ devices }) => devices)) {
		live.isOnline = true;
		await live.device.sync();
	}
};
