import { initAsync } from "@matrix-org/matrix-sdk-crypto-wasm";
import Olm from "@matrix-org/olm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { CryptoClient, CryptoServer } from "./crypto-client.ts";
import { createEngine } from "./engine-client.ts";
import { type Forgeable, withForgeries } from "./hostile-server.ts";
import { openLibolmAccount } from "./libolm-client/libolm-account.ts";
import { createLibolmClient } from "./libolm-client/libolm-client.ts";
import { openLibolmIdentity } from "./libolm-client/libolm-identity.ts";
import { encodeUnpadded } from "./libolm-client/unpadded.ts";
import { createMemoryServer } from "./memory-server.ts";
import { altered, ann, anyAlteration, bob, roomId } from "./two-implementations.ts";

const zeros = encodeUnpadded(new Uint8Array(32));

/** A device of that person, of either implementation. */
const makers = {
	"the engine": async (userId: string, server: CryptoServer): Promise<CryptoClient> =>
		createEngine({ userId, deviceId: "DEVICE" }, server),
	libolm: async (userId: string, server: CryptoServer): Promise<CryptoClient> =>
		createLibolmClient({ userId, deviceId: "DEVICE" }, server),
};

interface Looking {
	readonly looker: "the engine" | "libolm";
	readonly shown: "the engine" | "libolm";
}

/** How many messages Bob's device gets when Ann's shares a room key with it, and the server lies to Ann's. */
const keysGivenTo = async (
	{ looker, shown }: Looking,
	forgeries: Parameters<typeof withForgeries>[1],
): Promise<number> => {
	const server = createMemoryServer();
	const bobs = await makers[shown](bob, server.serverOf(bob, "DEVICE"));
	await bobs.bootstrap();
	const anns = await makers[looker](ann, withForgeries(server.serverOf(ann, "DEVICE"), forgeries));
	await anns.bootstrap();
	await anns.encrypt(roomId, [bob], "for bob");
	return server.newsFor(bob, "DEVICE").toDevice.filter(({ type }) => type === "m.room.encrypted").length;
};

const both: readonly Looking[] = [
	{ looker: "the engine", shown: "libolm" },
	{ looker: "libolm", shown: "the engine" },
];

/** Ways to lie about Bob's keys; none gets a room key out of anybody. */
const liesAboutKeys: Readonly<Record<string, (answer: Forgeable) => void>> = {
	"another identity key of the device": (answer) => {
		answer.device_keys[bob].DEVICE.keys["curve25519:DEVICE"] = openLibolmAccount(bob, "DEVICE").curve25519;
	},
	"another signing key of the device": (answer) => {
		answer.device_keys[bob].DEVICE.keys["ed25519:DEVICE"] = openLibolmAccount(bob, "DEVICE").ed25519;
	},
	"keys of another device under its name": (answer) => {
		answer.device_keys[bob].DEVICE = openLibolmAccount(bob, "DEVICE").deviceKeys;
	},
	"another device's name within": (answer) => {
		answer.device_keys[bob].DEVICE.device_id = "OTHER";
	},
	"another person's name within": (answer) => {
		answer.device_keys[bob].DEVICE.user_id = ann;
	},
	"a device that only signed itself": (answer) => {
		const { signatures } = answer.device_keys[bob].DEVICE;
		signatures[bob] = { "ed25519:DEVICE": signatures[bob]["ed25519:DEVICE"] };
	},
	"a key for devices that the person did not sign": (answer) => {
		const forger = openLibolmIdentity(bob);
		answer.self_signing_keys[bob] = forger.selfSigning.keyFor("self_signing");
		answer.device_keys[bob].DEVICE = forger.selfSigning.sign(answer.device_keys[bob].DEVICE);
	},
	"a master key that did not sign the other": (answer) => {
		answer.master_keys[bob] = openLibolmIdentity(bob).upload.master_key;
	},
};

/** Ways to lie about a one-time key. */
const liesAboutOneTimeKeys: Readonly<Record<string, (key: Forgeable) => Forgeable>> = {
	"another key under its signature": (key) => ({ ...key, key: openLibolmAccount(bob, "OTHER").curve25519 }),
	"a key of zeros under its signature": (key) => ({ ...key, key: zeros }),
	"a key that another device signed": (key) => openLibolmAccount(bob, "DEVICE").sign({ key: key.key }),
	"a key that nobody signed": ({ key }) => ({ key }),
};

const lieAboutKeys = (lie: (key: Forgeable) => Forgeable) => (answer: Forgeable) => {
	const keys = answer.one_time_keys[bob]?.DEVICE ?? {};
	for (const [id, key] of Object.entries(keys)) keys[id] = lie(key);
};

beforeAll(async () => {
	await initAsync();
	await Olm.init();
});

describe.each(both)("keys of $shown, seen by $looker", (looking) => {
	it("are taken as they are", async () => {
		expect(await keysGivenTo(looking, {})).toBe(1);
	});

	it.each(Object.entries(liesAboutKeys))("are refused: %s", async (_, lie) => {
		const query = (answer: Forgeable): void => {
			if (answer.device_keys[bob]?.DEVICE !== undefined) lie(answer);
		};
		expect(await keysGivenTo(looking, { query })).toBe(0);
	});

	it.each(Object.entries(liesAboutOneTimeKeys))("are refused for beginning a session: %s", async (_, lie) => {
		expect(await keysGivenTo(looking, { claim: lieAboutKeys(lie) })).toBe(0);
	});

	it("are refused with any byte of any signature altered", async () => {
		const places = ["device", "vouching", "selfSigning", "oneTime"] as const;
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...places), anyAlteration, async (place, alteration) => {
				const spoil = (json: Forgeable, named: (id: string) => boolean): void => {
					const signatures = json?.signatures?.[bob] ?? {};
					for (const id of Object.keys(signatures).filter(named)) signatures[id] = altered(signatures[id], alteration);
				};
				const isOwn = (id: string): boolean => id === "ed25519:DEVICE";
				const given = await keysGivenTo(looking, {
					query: (answer) => {
						if (place === "device") spoil(answer.device_keys[bob]?.DEVICE, isOwn);
						if (place === "vouching") spoil(answer.device_keys[bob]?.DEVICE, (id) => !isOwn(id));
						if (place === "selfSigning") spoil(answer.self_signing_keys[bob], () => true);
					},
					claim: (answer) => {
						if (place !== "oneTime") return;
						for (const key of Object.values(answer.one_time_keys[bob]?.DEVICE ?? {})) spoil(key, isOwn);
					},
				});
				expect(given).toBe(0);
			}),
			{ numRuns: 20 },
		);
	});
});

describe("a device with keys of zeros, all of whose signatures are right", () => {
	/** How many room keys it gets, with these for its identity and for beginning a session. */
	const given = async (
		looker: Looking["looker"],
		weak: { readonly identity?: string; readonly oneTime?: string } = {},
	): Promise<number> => {
		const server = createMemoryServer();
		const account = openLibolmAccount(bob, "DEVICE");
		const identity = openLibolmIdentity(bob);
		const { signatures: _, ...unsigned } = account.deviceKeys as Forgeable;
		const keys = { ...unsigned.keys, "curve25519:DEVICE": weak.identity ?? account.curve25519 };
		const bobs = server.serverOf(bob, "DEVICE");
		await bobs.upload({
			device_keys: identity.selfSigning.sign(account.sign({ ...unsigned, keys })),
			one_time_keys: { "signed_curve25519:AAAA": account.sign({ key: weak.oneTime ?? account.curve25519 }) },
		});
		await bobs.uploadSigningKeys(identity.upload);
		const anns = await makers[looker](ann, server.serverOf(ann, "DEVICE"));
		await anns.bootstrap();
		await anns.encrypt(roomId, [bob], "for bob");
		const { toDevice } = server.newsFor(bob, "DEVICE");
		return toDevice.filter(({ type }) => type === "m.room.encrypted").length;
	};

	it("gets no room key from the engine", async () => {
		expect(await given("the engine")).toBe(1);
		expect(await given("the engine", { identity: zeros })).toBe(0);
		expect(await given("the engine", { oneTime: zeros })).toBe(0);
	});

	it("gets one from libolm, which accepts what anybody on the way could then read", async () => {
		expect(await given("libolm", { identity: zeros, oneTime: zeros })).toBe(1);
	});
});
