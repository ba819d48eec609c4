import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { get } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Certificate, makeSelfSignedCertificate } from "../../../../tests/setup/self-signed-certificate.ts";
import { silentLog } from "../../../../tests/setup/silent-log.ts";
import type { Log } from "../../../shared/log.ts";
import { openWebServer } from "./web-server.ts";

const make = (): Certificate => makeSelfSignedCertificate("localhost", Date.now());

/** The old content or the new one, nothing between. */
async function replace(file: string, content: string): Promise<void> {
	await writeFile(`${file}.new`, content);
	await rename(`${file}.new`, file);
}

async function makeFiles() {
	const folder = await mkdtemp(join(tmpdir(), "kith-tls-"));
	onTestFinished(() => rm(folder, { recursive: true }));
	const tls = { certFile: join(folder, "cert.pem"), keyFile: join(folder, "key.pem") };
	const write = async ({ cert, key }: Partial<Certificate>): Promise<void> => {
		if (cert !== undefined) await replace(tls.certFile, cert);
		if (key !== undefined) await replace(tls.keyFile, key);
	};
	return { tls, write };
}

async function serve(first: Certificate, log: Log = silentLog) {
	const { tls, write } = await makeFiles();
	await write(first);
	const { server, drain } = await openWebServer(tls, log, 5);
	server.on("request", (_, response) => response.end("hello"));
	await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
	onTestFinished(() => drain({ close: async () => undefined }));
	const { port } = server.address() as AddressInfo;
	/** True where the server shows this certificate. */
	const shows = ({ cert }: Certificate): Promise<boolean> =>
		new Promise((resolve) => {
			get({ host: "localhost", port, ca: cert, agent: false }, (response) => {
				response.resume();
				resolve(response.statusCode === 200);
			}).once("error", () => resolve(false));
		});
	return { write, shows };
}

describe("a server with TLS", () => {
	it("shows the certificate of its files, and another as soon as they hold one", async () => {
		const [old, renewed] = [make(), make()];
		const { write, shows } = await serve(old);
		expect([await shows(old), await shows(renewed)]).toEqual([true, false]);
		await write(renewed);
		await expect.poll(() => shows(renewed)).toBe(true);
		expect(await shows(old)).toBe(false);
	});

	it("keeps its certificate while the files are of no use, and says so once", async () => {
		const [old, renewed] = [make(), make()];
		const warnings: unknown[] = [];
		const { write, shows } = await serve(old, { ...silentLog, warn: (fields) => void warnings.push(fields) });
		await write({ cert: renewed.cert });
		await expect.poll(() => warnings).toHaveLength(1);
		expect(await shows(old)).toBe(true);
		await write({ key: renewed.key });
		await expect.poll(() => shows(renewed)).toBe(true);
		expect(warnings).toHaveLength(1);
		expect(JSON.stringify(warnings)).not.toContain("PRIVATE");
	});

	it("does not start with files that are of no use, and says which", async () => {
		const { tls, write } = await makeFiles();
		const start = () => openWebServer(tls, silentLog);
		await write({ key: make().key });
		await expect(start()).rejects.toMatchObject({
			code: "configuration",
			message: `KITH_TLS_CERT: ${tls.certFile} cannot be read (ENOENT)`,
		});
		await write({ cert: make().cert });
		await expect(start()).rejects.toMatchObject({
			message: `KITH_TLS_KEY: ${tls.keyFile} is not the key of the certificate in ${tls.certFile}`,
		});
		await write({ cert: "hello" });
		await expect(start()).rejects.toMatchObject({
			message: `KITH_TLS_CERT, KITH_TLS_KEY: ${tls.certFile} and ${tls.keyFile} are no certificate and key in PEM`,
		});
	});
});
