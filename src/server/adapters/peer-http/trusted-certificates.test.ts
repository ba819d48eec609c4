import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeSelfSignedCertificate } from "../../../../tests/setup/self-signed-certificate.ts";
import { readTrustedCertificates } from "./trusted-certificates.ts";

let folder = "";

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "kith-ca-"));
});

afterEach(() => rm(folder, { recursive: true }));

it("trusts the certificates of the file besides the usual ones, and the usual ones without a file", async () => {
	const { cert } = makeSelfSignedCertificate("one.example", Date.now());
	const other = makeSelfSignedCertificate("two.example", Date.now()).cert;
	await writeFile(join(folder, "ca.pem"), `our authority\n${cert}\n${other}`);
	const trusted = readTrustedCertificates(join(folder, "ca.pem"));
	expect(trusted).toEqual([...rootCertificates, cert.trim(), other.trim()]);
	expect(readTrustedCertificates(undefined)).toBeUndefined();
});

it.each(["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])(
	"refuses a file with %j in one line",
	async (text) => {
		const file = join(folder, "ca.pem");
		await writeFile(file, text);
		expect(() => readTrustedCertificates(file)).toThrowError(
			`KITH_FEDERATION_CA: ${file} holds no certificates in PEM`,
		);
	},
);

it("refuses a file that is not there in one line", () => {
	const file = join(folder, "none.pem");
	expect(() => readTrustedCertificates(file)).toThrowError(`KITH_FEDERATION_CA: ${file} cannot be read (ENOENT)`);
});
