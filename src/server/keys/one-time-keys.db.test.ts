import { describe, expect, it } from "vitest";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { jsonObject } from "../../../federation/json/json-object.ts";
import { createTestKeys, keysOn, plain, type TestKeys } from "../../../tests/setup/test-keys.ts";

const claimed = async (test: TestKeys, userId: UserId, deviceId: string): Promise<string | undefined> => {
	const answer = plain(await test.keys.claim([{ userId, deviceId, algorithm: "signed_curve25519" }]));
	const devices = (answer["oneTimeKeys"] as Record<string, Record<string, object>>)[userId];
	return Object.keys(devices?.[deviceId] ?? {})[0]?.split(":")[1];
};

describe("one-time keys", () => {
	it("DEV-11: are handed out once each, the first that came first", async () => {
		await using test = await createTestKeys();
		const phone = await test.device(test.ann, "PHONE");
		expect(await test.keys.upload(phone.viewer, { oneTimeKeys: phone.oneTimeKeys("z", "a") })).toEqual({
			signed_curve25519: 2,
		});
		await test.keys.upload(phone.viewer, { oneTimeKeys: phone.oneTimeKeys("m") });
		const got = [];
		for (let at = 0; at < 4; at += 1) got.push(await claimed(test, test.ann, "PHONE"));
		expect(got).toEqual(["z", "a", "m", undefined]);
		const answer = await test.keys.claim([]);
		expect(plain(answer)).toEqual({ oneTimeKeys: {}, failures: [] });
	});

	it("DEV-11: are never handed out twice to many who come at once, from two processes", async () => {
		await using test = await createTestKeys();
		const phone = await test.device(test.ann, "PHONE");
		const names = Array.from({ length: 40 }, (_, at) => `k${at}`);
		await test.keys.upload(phone.viewer, {
			oneTimeKeys: phone.oneTimeKeys(...names),
			fallbackKeys: phone.fallbackKeys("last"),
		});
		const another = keysOn(test.database);
		const wanted = { userId: test.ann, deviceId: "PHONE", algorithm: "signed_curve25519" };
		const answers = await Promise.all(
			Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? test.keys : another).claim([wanted])),
		);
		const got = answers.map((answer) => {
			const devices = (plain(answer)["oneTimeKeys"] as Record<string, Record<string, object>>)[test.ann];
			return Object.keys(devices?.["PHONE"] ?? {})[0]?.split(":")[1];
		});
		const once = got.filter((name) => name !== "last");
		expect(new Set(once).size).toBe(once.length);
		expect([...once].sort()).toEqual([...names].sort());
		expect(got.filter((name) => name === "last")).toHaveLength(20);
	});

	it("DEV-12: change nothing when they come again, even one that was handed out; another key of the name is refused", async () => {
		await using test = await createTestKeys();
		const phone = await test.device(test.ann, "PHONE");
		const upload = (oneTimeKeys: ReturnType<typeof jsonObject>) => test.keys.upload(phone.viewer, { oneTimeKeys });
		await upload(phone.oneTimeKeys("a", "b"));
		expect(await claimed(test, test.ann, "PHONE")).toBe("a");
		expect(await upload(phone.oneTimeKeys("a", "b"))).toEqual({ signed_curve25519: 1 });
		const forged = (name: string) =>
			jsonObject([
				["signed_curve25519:new", phone.oneTimeKey("new")],
				[`signed_curve25519:${name}`, phone.oneTimeKey("something else")],
			]);
		for (const name of ["a", "b"]) {
			await expect(upload(forged(name))).rejects.toMatchObject({ code: "key-taken", rule: "DEV-12" });
		}
		expect(await claimed(test, test.ann, "PHONE")).toBe("b");
		expect(await claimed(test, test.ann, "PHONE")).toBeUndefined();
	});

	it("DEV-13: give way to the fallback key when none is left, which is then marked as used", async () => {
		await using test = await createTestKeys();
		const phone = await test.device(test.ann, "PHONE");
		await test.keys.upload(phone.viewer, {
			oneTimeKeys: phone.oneTimeKeys("a"),
			fallbackKeys: phone.fallbackKeys("f1"),
		});
		const isUsed = async () => (await test.rows<{ is_used: boolean }>("SELECT is_used FROM fallback_keys"))[0]?.is_used;
		expect(await claimed(test, test.ann, "PHONE")).toBe("a");
		expect(await isUsed()).toBe(false);
		expect(await claimed(test, test.ann, "PHONE")).toBe("f1");
		expect(await claimed(test, test.ann, "PHONE")).toBe("f1");
		expect(await isUsed()).toBe(true);
		await test.keys.upload(phone.viewer, { fallbackKeys: phone.fallbackKeys("f1") });
		expect(await isUsed()).toBe(true);
		await test.keys.upload(phone.viewer, { fallbackKeys: phone.fallbackKeys("f2") });
		expect(await isUsed()).toBe(false);
		expect(await claimed(test, test.ann, "PHONE")).toBe("f2");
	});

	it("DEV-05: are refused of a device without keys, of another device, and beyond what a device needs", async () => {
		await using test = await createTestKeys();
		const tablet = await test.signIn(test.ann, "TABLET");
		const early = test.keys.upload(tablet.viewer, { oneTimeKeys: tablet.oneTimeKeys("a") });
		await expect(early).rejects.toMatchObject({ code: "bad-input" });
		const phone = await test.device(test.ann, "PHONE");
		const foreign = test.keys.upload(phone.viewer, { oneTimeKeys: tablet.oneTimeKeys("a") });
		await expect(foreign).rejects.toMatchObject({ code: "keys-refused", rule: "DEV-05" });
		const names = Array.from({ length: 251 }, (_, at) => at);
		const many = (label: string) => phone.oneTimeKeys(...names.map((at) => `${label}${at}`));
		await test.keys.upload(phone.viewer, { oneTimeKeys: many("a") });
		await expect(test.keys.upload(phone.viewer, { oneTimeKeys: many("b") })).rejects.toMatchObject({
			code: "too-large",
		});
	});
});
