import { describe, expect, it } from "vitest";
import { withKey } from "../../../federation/json/json-object.ts";
import { testIdentity } from "../../../federation/testing/device-factory.ts";
import { createTestKeys, plain } from "../../../tests/setup/test-keys.ts";

const keysOf = (identity: ReturnType<typeof testIdentity>) => ({
	master: identity.signed("master"),
	self_signing: identity.signed("self_signing"),
	user_signing: identity.signed("user_signing"),
});
const right = { kind: "password", password: "right" } as const;

describe("cross-signing keys", () => {
	it("DEV-14: are taken without more the first time; others take their place only for the person", async () => {
		await using test = await createTestKeys();
		const { viewer } = await test.device(test.ann, "PHONE");
		const first = keysOf(testIdentity(test.ann));
		await test.keys.uploadCrossSigning(viewer, { keys: first });
		await test.keys.uploadCrossSigning(viewer, { keys: first });
		const second = keysOf(testIdentity(test.ann, "second"));
		const upload = (proof?: Parameters<typeof test.keys.uploadCrossSigning>[1]["proof"]) =>
			test.keys.uploadCrossSigning(viewer, { keys: second, proof });
		await expect(upload()).rejects.toMatchObject({ code: "confirmation-needed" });
		await expect(upload({ kind: "password", password: "wrong" })).rejects.toMatchObject({ code: "wrong-credentials" });
		expect((await test.query(test.ann, test.ann)).masterKeys).toEqual({ [test.ann]: plain(first.master) });
		await upload(right);
		expect((await test.query(test.ann, test.ann)).masterKeys).toEqual({ [test.ann]: plain(second.master) });
	});

	it("DEV-14: of two devices that set them up at once, one wins and the other is told", async () => {
		await using test = await createTestKeys();
		const phone = await test.device(test.ann, "PHONE");
		const laptop = await test.device(test.ann, "LAPTOP");
		const outcomes = await Promise.allSettled([
			test.keys.uploadCrossSigning(phone.viewer, { keys: keysOf(testIdentity(test.ann)) }),
			test.keys.uploadCrossSigning(laptop.viewer, { keys: keysOf(testIdentity(test.ann, "second")) }),
		]);
		expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
		const { masterKeys, selfSigningKeys } = await test.query(test.ann, test.ann);
		const won = outcomes[0]?.status === "fulfilled" ? "first" : "second";
		const identity = keysOf(testIdentity(test.ann, won));
		expect(masterKeys[test.ann]).toEqual(plain(identity.master));
		expect(selfSigningKeys[test.ann]).toEqual(plain(identity.self_signing));
	});

	it("DEV-07: are refused whole when one is not signed by the master key", async () => {
		await using test = await createTestKeys();
		const { viewer } = await test.device(test.ann, "PHONE");
		const mixed = {
			...keysOf(testIdentity(test.ann)),
			user_signing: testIdentity(test.ann, "b").signed("user_signing"),
		};
		const upload = test.keys.uploadCrossSigning(viewer, { keys: mixed });
		await expect(upload).rejects.toMatchObject({ code: "keys-refused", rule: "DEV-07" });
		expect((await test.query(test.ann, test.ann)).masterKeys).toEqual({});
	});

	it("show the user-signing key to its person alone", async () => {
		await using test = await createTestKeys();
		const { viewer } = await test.device(test.ann, "PHONE");
		const keys = keysOf(testIdentity(test.ann));
		await test.keys.uploadCrossSigning(viewer, { keys });
		expect((await test.query(test.ann, test.ann)).userSigningKeys).toEqual({ [test.ann]: plain(keys.user_signing) });
		const seen = await test.query(test.bob, test.ann);
		expect(seen.userSigningKeys).toEqual({});
		expect(seen.selfSigningKeys).toEqual({ [test.ann]: plain(keys.self_signing) });
	});
});

describe("DEV-08: signatures that are uploaded", () => {
	it("are shown on own devices to everybody, on others' master keys to who signed, and gone with their key", async () => {
		await using test = await createTestKeys();
		const phone = await test.device(test.ann, "PHONE");
		const bobs = await test.device(test.bob, "BOBS");
		const ann = testIdentity(test.ann);
		const bob = testIdentity(test.bob);
		await test.keys.uploadCrossSigning(phone.viewer, { keys: keysOf(ann) });
		await test.keys.uploadCrossSigning(bobs.viewer, { keys: keysOf(bob) });
		const signedPhone = ann.key.self_signing.sign(test.ann, phone.keys());
		const signedMaster = phone.key.sign(test.ann, ann.signed("master"));
		const signedBob = ann.key.user_signing.sign(test.ann, bob.signed("master"));
		const failures = await test.keys.uploadSignatures(test.ann, [
			{ userId: test.ann, target: "PHONE", json: signedPhone },
			{ userId: test.ann, target: ann.key.master.name, json: signedMaster },
			{ userId: test.bob, target: bob.key.master.name, json: signedBob },
		]);
		expect(failures).toEqual([]);
		const byBob = await test.query(test.bob, test.ann, test.bob);
		expect(byBob.deviceKeys[test.ann]?.["PHONE"]).toEqual(plain(signedPhone));
		expect(byBob.masterKeys[test.ann]).toEqual(plain(signedMaster));
		expect(byBob.masterKeys[test.bob]).toEqual(plain(bob.signed("master")));
		expect((await test.query(test.ann, test.bob)).masterKeys[test.bob]).toEqual(plain(signedBob));
		await test.keys.uploadCrossSigning(phone.viewer, { keys: keysOf(testIdentity(test.ann, "second")), proof: right });
		const after = await test.query(test.ann, test.ann, test.bob);
		expect(after.deviceKeys[test.ann]?.["PHONE"]?.["signatures"]).toEqual(plain(phone.keys())["signatures"]);
		expect(after.masterKeys[test.bob]).toEqual(plain(bob.signed("master")));
	});

	it("are named when they do not hold, and nothing of them stays", async () => {
		await using test = await createTestKeys();
		const phone = await test.device(test.ann, "PHONE");
		const bobs = await test.device(test.bob, "BOBS");
		const ann = testIdentity(test.ann);
		await test.keys.uploadCrossSigning(phone.viewer, { keys: keysOf(ann) });
		const { self_signing: self } = ann.key;
		const failures = await test.keys.uploadSignatures(test.ann, [
			{ userId: test.bob, target: "BOBS", json: self.sign(test.ann, bobs.keys()) },
			{ userId: test.ann, target: "PHONE", json: self.sign(test.ann, withKey(phone.keys(), "algorithms", [])) },
			{ userId: test.ann, target: "NOBODY", json: self.sign(test.ann, phone.keys()) },
		]);
		expect(failures.map(({ target, errcode }) => [target, errcode])).toEqual([
			["BOBS", "M_NOT_FOUND"],
			["PHONE", "M_INVALID_SIGNATURE"],
			["NOBODY", "M_NOT_FOUND"],
		]);
		expect(await test.rows("SELECT FROM key_signatures")).toEqual([]);
	});
});
