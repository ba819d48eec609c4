import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addPeople } from "../server-process/add-people.ts";
import { createHttpCaller } from "../server-process/http-caller.ts";
import { findFreePort } from "../server-process/start-server-process.ts";
import { eventually } from "./eventually.ts";
import type { Person } from "./homeserver.ts";
import { type KithAccount, type KithHomeserver, startKithHomeserver } from "./kith/kith-homeserver.ts";
import type { Peers } from "./peers.ts";
import { registerOnSynapse, type SynapseOptions } from "./synapse/synapse-homeserver.ts";
import { createSynapsePerson } from "./synapse/synapse-person.ts";

/** A room of two thousand people, and who made it. */
export interface LargeRoom {
	readonly roomId: string;
	readonly owner: Person;
}

/** A Kith with two thousand people, who are all in a room of its own and in one of a Synapse. */
export interface Crowd extends AsyncDisposable {
	readonly kith: KithHomeserver;
	readonly ofKith: LargeRoom;
	readonly ofSynapse: LargeRoom;
}

const memberCount = 2_000;
const lanes = 8;
const folder = "build/interop/crowd";
const recordFile = join(folder, "crowd.json");

/** What has to be known to find it again. */
interface CrowdRecord {
	readonly port: number;
	readonly synapseUrl: string;
	readonly ofKith: { readonly roomId: string; readonly owner: KithAccount };
	readonly ofSynapse: { readonly roomId: string; readonly owner: { readonly userId: string; readonly token: string } };
}

/** Minutes of work, so it is made once and kept; it is made anew when that Synapse, or what it has, is another one. */
export const openCrowd = async (peers: Peers): Promise<Crowd> => {
	const [synapse] = peers.synapseOptions;
	if (synapse === undefined) throw new Error("a Synapse is needed");
	const kept = await reopen(peers, synapse).catch(() => undefined);
	if (kept !== undefined) return kept;
	await rm(folder, { recursive: true, force: true });
	return make(peers, synapse);
};

const reopen = async (peers: Peers, synapse: SynapseOptions): Promise<Crowd | undefined> => {
	const record: CrowdRecord = JSON.parse(await readFile(recordFile, "utf8"));
	if (record.synapseUrl !== synapse.url) return undefined;
	const crowd = crowdOf(await startKith(peers, record.port), record, synapse);
	try {
		const counts = await Promise.all([crowd.ofKith, crowd.ofSynapse].map(joinedIn));
		if (counts.every((count) => count >= memberCount)) return crowd;
	} catch {
		// Somebody there is not known any more.
	}
	await crowd[Symbol.asyncDispose]();
	return undefined;
};

const crowdOf = (kith: KithHomeserver, { ofKith, ofSynapse }: CrowdRecord, { url, ca }: SynapseOptions): Crowd => ({
	kith,
	ofKith: { roomId: ofKith.roomId, owner: kith.personOf(ofKith.owner) },
	ofSynapse: { roomId: ofSynapse.roomId, owner: createSynapsePerson({ url, ca, ...ofSynapse.owner }) },
	[Symbol.asyncDispose]: () => kith[Symbol.asyncDispose](),
});

const startKith = ({ tls, caFile }: Peers, port: number): Promise<KithHomeserver> =>
	startKithHomeserver({ dataFolder: join(folder, "kith"), tls, caFile, roomVersion: "12", port });

const make = async (peers: Peers, synapse: SynapseOptions): Promise<Crowd> => {
	await mkdir(folder, { recursive: true });
	const port = await findFreePort();
	const kith = await startKith(peers, port);
	try {
		const names = Array.from({ length: memberCount - 1 }, (_, index) => `member${index}`);
		const [owner, opener, ...rest] = await addPeople(kith.dataFolder, ["owner", ...names], { isSecure: true });
		if (owner === undefined || opener === undefined) throw new Error("two thousand people were asked for");
		const account = await registerOnSynapse(synapse, "owner");
		const theirs = createSynapsePerson({ ...synapse, ...account });
		const ofKith = { roomId: await makeRoom(kith.personOf(owner)), owner };
		const ofSynapse = { roomId: await makeRoom(theirs), owner: account };
		const host = new URL(synapse.url).host;
		for (const person of [opener, owner]) await kith.personOf(person).join(ofSynapse.roomId, [host]);
		await kith.personOf(opener).join(ofKith.roomId);
		await fill(kith, rest, [ofKith.roomId, ofSynapse.roomId]);
		const record: CrowdRecord = { port, synapseUrl: synapse.url, ofKith, ofSynapse };
		const crowd = crowdOf(kith, record, synapse);
		await eventually(async () => {
			const count = await joinedIn(crowd.ofSynapse);
			if (count < memberCount) throw new Error(`${count} people are there`);
		}, 500);
		await writeFile(recordFile, JSON.stringify(record));
		return crowd;
	} catch (error) {
		await kith[Symbol.asyncDispose]();
		throw error;
	}
};

const makeRoom = (owner: Person): Promise<string> =>
	owner.createRoom({ version: "12", name: "Stadium", aliasLocalpart: `large-${randomUUID()}` });

const fill = async (
	kith: KithHomeserver,
	people: readonly { readonly cookie: string }[],
	rooms: readonly string[],
): Promise<void> => {
	const left = people.values();
	const origin = `https://localhost:${kith.name.replace(/^.*:/, "")}`;
	const lane = async (): Promise<void> => {
		for (const { cookie } of left) {
			const caller = createHttpCaller(origin, cookie, kith.ca);
			for (const room of rooms) await caller.mutate("rooms.join", { room });
			caller.close();
		}
	};
	await Promise.all(Array.from({ length: lanes }, lane));
};

/** How many are in the room, as the person's own server says. */
export const joinedIn = async ({ roomId, owner }: LargeRoom): Promise<number> =>
	[...(await owner.members(roomId)).values()].filter((membership) => membership === "join").length;
