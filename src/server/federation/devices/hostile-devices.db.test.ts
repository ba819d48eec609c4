import { describe, expect, it } from "vitest";
import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { jsonObject, withKey } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { testDevice, testIdentity } from "../../../../federation/testing/device-factory.ts";
import { openDevicePair } from "../../../../tests/setup/test-devices.ts";
import { bare, plain } from "../../../../tests/setup/test-keys.ts";

type Pair = Awaited<ReturnType<typeof openDevicePair>>;
const evil = "evil.example" as ServerName;

const push = ({ two }: Pair, origin: string, ...edus: readonly (readonly [string, object])[]) =>
	two.exchange.receiveTransaction({
		origin: origin as ServerName,
		txnId: two.transactionId(),
		content: bare({ pdus: [], edus: edus.map(([edu_type, content]) => ({ edu_type, content })) }),
	});

/** Answers of a server that lies. */
const answerAs = ({ network }: Pair, name: string, answer: (uri: string) => object) =>
	network.handlers.set(name as ServerName, async (_, { uri }) => ({ kind: "answered", content: bare(answer(uri)) }));

describe("a server that lies about devices", { timeout: 60_000 }, () => {
	it("DEV-23: does not speak for another's people, nor send in their names", async () => {
		await using pair = await openDevicePair();
		const { ann, bob, ones, twos, two } = pair;
		await ones.device(ann, "A1");
		const bobs = await twos.device(bob, "B1");
		await twos.names(bob, ann);
		await expect.poll(() => two.rows("SELECT FROM remote_devices"), { timeout: 10_000 }).toHaveLength(1);
		const forged = testDevice(ann, "EVIL");
		const update = { user_id: ann, device_id: "EVIL", stream_id: 99, prev_id: [], keys: plain(forged.keys()) };
		const message = { body: "forged" };
		const direct = { sender: ann, type: "m.room.encrypted", message_id: "m", messages: { [bob]: { B1: message } } };
		const keys = { user_id: ann, master_key: plain(testIdentity(ann, "evil").signed("master")) };
		await push(
			pair,
			evil,
			["m.device_list_update", update],
			["m.direct_to_device", direct],
			["m.signing_key_update", keys],
		);
		expect(await twos.names(bob, ann)).toEqual({ names: ["A1"], failures: [] });
		expect(await twos.bodies(bobs)).toEqual([]);
		expect(await two.rows("SELECT FROM cross_signing_keys")).toEqual([]);
	});

	it("DEV-15: sends the same message twice, which comes once, and its own people's to who shares no room never", async () => {
		await using pair = await openDevicePair();
		const { ann, bob, two, twos } = pair;
		const bobs = await twos.device(bob, "B1");
		const carol = await two.addPerson("carol");
		const carols = await twos.device(carol, "C1");
		const messages = { [bob]: { B1: { body: "once" } }, [carol]: { C1: { body: "never" } } };
		const direct = { sender: ann, type: "m.room.encrypted", message_id: "m1", messages };
		await push(pair, "one.example", ["m.direct_to_device", direct], ["m.direct_to_device", direct]);
		await push(pair, "one.example", ["m.direct_to_device", direct]);
		expect(await twos.bodies(bobs)).toEqual(["once"]);
		expect(await twos.bodies(carols)).toEqual([]);
		const long = { [bob]: { B1: { body: "x".repeat(70_000) } } };
		await push(pair, "one.example", ["m.direct_to_device", { ...direct, message_id: "m2", messages: long }]);
		expect(await twos.bodies(bobs)).toEqual(["once"]);
	});

	it("DEV-21: hands out keys of others' devices, unsigned ones and other people's, of which nothing is passed on", async () => {
		await using pair = await openDevicePair();
		const { bob, twos } = pair;
		const eve = "@eve:evil.example" as UserId;
		const ann = pair.ann;
		const device = testDevice(eve, "E1");
		const forged = withKey(testDevice(eve, "E2").keys(), "algorithms", ["m.other"]);
		answerAs(pair, evil, () => ({
			device_keys: {
				[eve]: { E1: plain(device.keys()), E2: plain(forged), E3: plain(device.keys()) },
				[ann]: { A9: plain(testDevice(ann, "A9").keys()) },
			},
			master_keys: { [ann]: plain(testIdentity(ann).signed("master")) },
		}));
		const answer = await twos.keys.query(bob, new Map([[eve, []]]));
		expect(plain(answer)).toMatchObject({ deviceKeys: { [eve]: { E1: {} } }, masterKeys: {} });
		expect(Object.keys(plain(answer.deviceKeys)[eve] as object)).toEqual(["E1"]);
		expect(Object.keys(plain(answer.deviceKeys))).toEqual([eve]);
	});

	it("DEV-21: swaps one-time keys for its own, which are refused", async () => {
		await using pair = await openDevicePair();
		const { twos } = pair;
		const eve = "@eve:evil.example" as UserId;
		const device = testDevice(eve, "E1");
		const swapped = testDevice(eve, "E1", "evil").oneTimeKeys("a");
		let given: JsonObject = swapped;
		answerAs(pair, evil, (uri) =>
			uri.includes("claim")
				? { one_time_keys: { [eve]: { E1: plain(given), E2: plain(given) } } }
				: { device_keys: { [eve]: { E1: plain(device.keys()) } } },
		);
		const wanted = { userId: eve, deviceId: "E1", algorithm: "signed_curve25519" };
		expect(plain(await twos.keys.claim([wanted]))).toEqual({ oneTimeKeys: {}, failures: [] });
		given = device.oneTimeKeys("a");
		expect(plain(await twos.keys.claim([wanted]))).toHaveProperty(["oneTimeKeys", eve, "E1", "signed_curve25519:a"]);
	});

	it("DEV-21: updates a device by keys that do not hold together, and is asked for the list", async () => {
		await using pair = await openDevicePair();
		const { ann, bob, one, ones, two, twos } = pair;
		await ones.device(ann, "A1");
		await twos.names(bob, ann);
		await expect.poll(() => two.rows("SELECT FROM remote_devices"), { timeout: 10_000 }).toHaveLength(1);
		const [list] = await one.rows<{ id: number }>("SELECT list_id AS id FROM device_list_changes WHERE user_id = $1", [
			ann,
		]);
		const known = list?.id ?? 0;
		const forged = plain(withKey(testDevice(ann, "A2").keys(), "algorithms", ["m.other"]));
		const update = { user_id: ann, device_id: "A2", stream_id: known + 1, prev_id: [known], keys: forged };
		await push(pair, "one.example", ["m.device_list_update", update]);
		expect(await twos.names(bob, ann)).toEqual({ names: ["A1"], failures: [] });
	});

	it("DEV-18: asks about people with whom it shares no room, and learns nothing; floods claims, and gets a bounded number", async () => {
		await using pair = await openDevicePair();
		const { one, ann, ones, network } = pair;
		const phone = await ones.device(ann, "A1");
		const many = Array.from({ length: 400 }, (_, at) => `k${at}`);
		await ones.keys.upload(phone.viewer, { oneTimeKeys: phone.oneTimeKeys(...many) });
		const ask = async (from: ServerName, uri: string, content?: JsonObject) => {
			const request = { method: content === undefined ? ("GET" as const) : ("POST" as const), uri };
			const answer = await network.handlers.get(one.name)?.(
				from,
				content === undefined ? request : { ...request, content },
			);
			return answer?.kind === "answered" ? plain(answer.content) : answer?.kind;
		};
		const query = bare({ device_keys: { [ann]: [] } });
		const claim = bare({ one_time_keys: { [ann]: { A1: "signed_curve25519" } } });
		expect(await ask(evil, `/_matrix/federation/v1/user/devices/${encodeURIComponent(ann)}`)).toBe("refused");
		expect(await ask(evil, "/_matrix/federation/v1/user/keys/query", query)).toMatchObject({ device_keys: {} });
		expect(await ask(evil, "/_matrix/federation/v1/user/keys/query", query)).not.toHaveProperty(["device_keys", ann]);
		expect(await ask(evil, "/_matrix/federation/v1/user/keys/claim", claim)).toEqual({ one_time_keys: {} });
		const two = "two.example" as ServerName;
		expect(await ask(two, "/_matrix/federation/v1/user/keys/query", query)).toHaveProperty(["device_keys", ann, "A1"]);
		for (let at = 0; at < 220; at += 1) await ask(two, "/_matrix/federation/v1/user/keys/claim", claim);
		expect(await ask(two, "/_matrix/federation/v1/user/keys/claim", claim)).toEqual({ one_time_keys: {} });
		const [left] = await one.rows<{ n: number }>(
			"SELECT count(*)::int AS n FROM one_time_keys WHERE claimed_at IS NULL",
		);
		expect(left?.n).toBe(200);
		expect(await ask(two, "/_matrix/federation/v1/user/keys/query", jsonObject())).toBe("refused");
	});
});
