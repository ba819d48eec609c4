import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "./homeserver.ts";
import type { KithHomeserver } from "./kith/kith-homeserver.ts";
import { openPeers } from "./peers.ts";
import { knows, sees } from "./scenario.ts";
import { callSynapse } from "./synapse/call-synapse.ts";
import { registerOnSynapse } from "./synapse/synapse-homeserver.ts";
import { createSynapsePerson } from "./synapse/synapse-person.ts";
import { startTestKiths, type TestKiths } from "./test-kith.ts";

type Content = Record<string, unknown>;

const peers = await openPeers();
const [synapse] = peers.synapseOptions;
if (synapse === undefined) throw new Error("a Synapse is needed");

/** Somebody of Synapse, with what only the Client-Server API has. */
const newcomer = async (name: string) => {
	const account = await registerOnSynapse(synapse, name);
	const call = (method: "GET" | "POST", path: string, content?: Content): Promise<Content> =>
		callSynapse({
			...{ url: `${synapse.url}/_matrix/client/${path}`, method, token: account.token, ca: synapse.ca },
			...(content === undefined ? {} : { content }),
		});
	return { call, person: createSynapsePerson({ ...synapse, ...account }) };
};

describe.each(["10", "11", "12"] as const)("version %s", (roomVersion) => {
	let kiths: TestKiths;
	let kith: KithHomeserver;
	let ada: Person;
	beforeAll(async () => {
		kiths = await startTestKiths(1, { roomVersion, peers });
		const [started] = kiths.all;
		if (started === undefined) throw new Error("a Kith is needed");
		kith = started;
		ada = await kith.register("ada");
	});
	afterAll(() => kiths?.[Symbol.asyncDispose]());
	const makeRoom = (name: string) =>
		ada.createRoom({ version: roomVersion, name, aliasLocalpart: `room-${randomUUID()}` });

	it("a room is found in Kith's directory from Synapse, and joined", async () => {
		const roomId = await makeRoom(`Quarry ${roomVersion}`);
		const { call, person } = await newcomer("finder");
		const search = { limit: 5, filter: { generic_search_term: "quarry" } };
		const { chunk } = await call("POST", `v3/publicRooms?server=${kith.name}`, search);
		expect(chunk).toMatchObject([{ room_id: roomId, name: `Quarry ${roomVersion}`, num_joined_members: 1 }]);
		await person.join(roomId, [kith.name]);
		await knows(ada, roomId, { who: person, membership: "join" });
		const eventId = await person.send(roomId, "Found it in the directory");
		await sees(ada, roomId, { eventId, body: "Found it in the directory" });
	});

	it("somebody of Synapse finds what was said in a room of Kith at a time before they came", async () => {
		const roomId = await makeRoom("Diary");
		await ada.send(roomId, "Before");
		const ts = Date.now();
		const wanted = await ada.send(roomId, "At that time");
		for (let number = 0; number < 150; number += 1) await ada.send(roomId, `Later ${number}`);
		const { call, person } = await newcomer("reader");
		await person.join(roomId, [kith.name]);
		const found = await call("GET", `v1/rooms/${encodeURIComponent(roomId)}/timestamp_to_event?ts=${ts}&dir=f`);
		expect(found).toMatchObject({ event_id: wanted });
	});
});
