import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerName } from "@federation/identifiers/identifier-types.ts";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createNodeSigner } from "../crypto-node/node-signer.ts";
import { openSecrets } from "./open-secrets.ts";
import { rotateSigningKey } from "./rotate-signing-key.ts";

let folder = "";

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "kith-rotate-"));
});

afterEach(() => rm(folder, { recursive: true }));

it("signs with another key, and keeps the public halves of all that were before", async () => {
	const first = await openSecrets(folder);
	const publicKey = createNodeSigner(first.signingKey.seed, "a" as ServerName, first.signingKey.keyId).publicKey;
	const rotated = await rotateSigningKey(folder, 1000);
	const second = await openSecrets(folder);
	expect(rotated).toEqual({ keyId: second.signingKey.keyId, retiredKeyId: first.signingKey.keyId });
	expect(second).toMatchObject({ authSecret: first.authSecret, databasePassword: first.databasePassword });
	expect(second.signingKey).not.toEqual(first.signingKey);
	expect(second.retiredKeys).toEqual([{ keyId: first.signingKey.keyId, publicKey, expiredTs: 1000 }]);
	await rotateSigningKey(folder, 2000);
	expect((await openSecrets(folder)).retiredKeys.map(({ keyId, expiredTs }) => [keyId, expiredTs])).toEqual([
		[first.signingKey.keyId, 1000],
		[second.signingKey.keyId, 2000],
	]);
});

it("leaves one file that its owner alone may read, without the secret half of the old key", async () => {
	const first = await openSecrets(folder);
	await rotateSigningKey(folder, 1000);
	expect((await readdir(folder)).sort()).toEqual(["secrets.json", "signing.key"]);
	expect((await stat(join(folder, "signing.key"))).mode & 0o777).toBe(0o600);
	const secret = Buffer.from(first.signingKey.seed).toString("base64").replace(/=+$/, "");
	expect(await readFile(join(folder, "signing.key"), "utf8")).not.toContain(secret);
});

it("refuses a file with a damaged line of a retired key, and leaves it as it is", async () => {
	await openSecrets(folder);
	const file = join(folder, "signing.key");
	const text = `${await readFile(file, "utf8")}retired ed25519 a_1 short 5\n`;
	await writeFile(file, text);
	await expect(rotateSigningKey(folder, 1000)).rejects.toMatchObject({ code: "data-folder" });
	expect(await readFile(file, "utf8")).toBe(text);
});

it("takes a key that another homeserver wrote", async () => {
	await openSecrets(folder);
	await writeFile(join(folder, "signing.key"), `ed25519 auto ${"A".repeat(43)}=\r\n`);
	expect((await openSecrets(folder)).signingKey).toEqual({ keyId: "ed25519:auto", seed: new Uint8Array(32) });
});
