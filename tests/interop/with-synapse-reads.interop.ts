import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askMatrix } from "../setup/ask-matrix.ts";
import type { KithHomeserver } from "./kith/kith-homeserver.ts";
import { openPeers } from "./peers.ts";
import { callSynapse } from "./synapse/call-synapse.ts";
import { registerOnSynapse } from "./synapse/synapse-homeserver.ts";
import { startTestKiths, type TestKiths } from "./test-kith.ts";

type Content = Record<string, unknown>;

/** More than one answer holds. */
const messageCount = 130;

const peers = await openPeers();
const [synapse] = peers.synapseOptions;
if (synapse === undefined) throw new Error("a Synapse is needed");

describe("version 12", () => {
	let kiths: TestKiths;
	let kith: KithHomeserver;
	let room: { readonly roomId: string; readonly alias: string; readonly owner: string };
	let token: string;
	const call = (method: "GET" | "POST", path: string, content?: Content): Promise<Content> =>
		callSynapse({
			...{ url: `${synapse.url}/_matrix/client/${path}`, method, token, ca: synapse.ca },
			...(content === undefined ? {} : { content }),
		});

	beforeAll(async () => {
		kiths = await startTestKiths(1, { roomVersion: "12", peers });
		const [started] = kiths.all;
		if (started === undefined) throw new Error("a Kith is needed");
		kith = started;
		const ada = await kith.register("ada");
		const roomId = await ada.createRoom({ version: "12", name: "Old harbour", aliasLocalpart: "harbour" });
		for (let each = 0; each < messageCount; each++) await ada.send(roomId, `message ${each}`);
		room = { roomId, alias: `#harbour:${kith.name}`, owner: ada.userId };
		({ token } = await registerOnSynapse(synapse, "reader"));
	});
	afterAll(() => kiths?.[Symbol.asyncDispose]());

	it("Synapse finds a person, an address and a room of Kith's directory", async () => {
		expect(await call("GET", `v3/profile/${encodeURIComponent(room.owner)}`)).toMatchObject({
			displayname: expect.any(String),
		});
		expect(await call("GET", `v3/directory/room/${encodeURIComponent(room.alias)}`)).toEqual({
			room_id: room.roomId,
			servers: [kith.name],
		});
		const search = { limit: 5, filter: { generic_search_term: "old" } };
		const found = await call("POST", `v3/publicRooms?server=${kith.name}`, search);
		expect(found["chunk"]).toMatchObject([{ room_id: room.roomId, name: "Old harbour", canonical_alias: room.alias }]);
	});

	it("a space of Synapse shows a room of Kith", async () => {
		const link = { type: "m.space.child", state_key: room.roomId, content: { via: [kith.name] } };
		const wishes = { creation_content: { type: "m.space" }, preset: "public_chat", initial_state: [link] };
		const space = String((await call("POST", "v3/createRoom", wishes))["room_id"]);
		const { rooms } = await call("GET", `v1/rooms/${encodeURIComponent(space)}/hierarchy`);
		expect(rooms).toContainEqual(expect.objectContaining({ room_id: room.roomId, name: "Old harbour" }));
	});

	it("whoever joins from Synapse reads the whole history of a room of Kith", async () => {
		const before = Date.now();
		await call("POST", `v3/join/${encodeURIComponent(room.alias)}`, {});
		const path = `rooms/${encodeURIComponent(room.roomId)}`;
		const bodies: string[] = [];
		let from = "";
		for (let page = 0; page < 10; page++) {
			const read = await call("GET", `v3/${path}/messages?dir=b&limit=100${from}`);
			const chunk = read["chunk"] as readonly { readonly content: { readonly body?: string } }[];
			bodies.push(...chunk.flatMap(({ content }) => content.body ?? []));
			if (read["end"] === undefined) break;
			from = `&from=${String(read["end"])}`;
		}
		expect(bodies.toReversed()).toEqual(Array.from({ length: messageCount }, (_, each) => `message ${each}`));
		const found = await call("GET", `v1/${path}/timestamp_to_event?ts=${before}&dir=b`);
		expect(found).toMatchObject({ event_id: expect.any(String), origin_server_ts: expect.any(Number) });
	});

	it("Kith vouches for the keys of Synapse", async () => {
		const name = new URL(synapse.url).host;
		const asked = { ca: synapse.ca, uri: `/_matrix/key/v2/query/${name}` };
		const { content } = await askMatrix(`https://${kith.name}`, asked);
		const [document] = content["server_keys"] as [{ readonly signatures: object }];
		expect(Object.keys(document.signatures).sort()).toEqual([kith.name, name].sort());
	});
});
