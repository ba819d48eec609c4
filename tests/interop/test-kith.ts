import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerTls } from "../server-process/start-server-process.ts";
import { makeSelfSignedCertificate } from "../setup/self-signed-certificate.ts";
import { type KithHomeserver, type KithOptions, startKithHomeserver } from "./kith/kith-homeserver.ts";

/** A folder of its own under the system's, gone at the end. */
export const testFolder = async (): Promise<{ readonly path: string } & AsyncDisposable> => {
	const path = await realpath(await mkdtemp(join(tmpdir(), "kith-interop-")));
	return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
};

/**
 * Files of a certificate for `localhost`, and for what else it may be called, that vouches for itself: enough for servers
 * that know only each other.
 */
export const writeOwnCertificate = async (
	folder: string,
	others: readonly string[] = [],
): Promise<{ tls: ServerTls; caFile: string }> => {
	const { cert, key } = makeSelfSignedCertificate("localhost", Date.now(), others);
	const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];
	await writeFile(certFile, cert);
	await writeFile(keyFile, key, { mode: 0o600 });
	return { tls: { certFile, keyFile, ca: cert }, caFile: certFile };
};

/** Kiths in a folder of their own, which goes with them. */
export interface TestKiths extends AsyncDisposable {
	readonly all: readonly KithHomeserver[];
}

/** Starts so many; with `peers`, under the certificate that those trust. */
export const startTestKiths = async (
	count: number,
	options: Pick<KithOptions, "roomVersion"> & {
		readonly peers?: Pick<KithOptions, "tls" | "caFile">;
		/** What each calls this machine; absent: `localhost`. */
		readonly hosts?: readonly string[];
	},
): Promise<TestKiths> => {
	const { roomVersion, peers, hosts = [] } = options;
	const folder = await testFolder();
	const all: KithHomeserver[] = [];
	const end = async (): Promise<void> => {
		await Promise.all(all.map((kith) => kith[Symbol.asyncDispose]()));
		await folder[Symbol.asyncDispose]();
	};
	try {
		const trust = peers ?? (await writeOwnCertificate(folder.path, hosts));
		for (let number = 1; number <= count; number += 1) {
			const dataFolder = join(folder.path, `kith-${number}`);
			const host = hosts[number - 1];
			const named = host === undefined ? {} : { host };
			all.push(await startKithHomeserver({ ...trust, ...named, dataFolder, roomVersion }));
		}
	} catch (error) {
		await end();
		throw error;
	}
	return { all, [Symbol.asyncDispose]: end };
};
