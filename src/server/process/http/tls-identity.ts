import { readFile } from "node:fs/promises";
import { createSecureContext, type SecureContextOptions } from "node:tls";
import type { TlsFiles } from "../../../env.ts";
import type { Log } from "../../../shared/log.ts";
import { StartupError } from "../startup-error.ts";

/** The certificate that this server shows, as its files have it. */
export interface TlsIdentity {
	/** As last read. */
	context(): SecureContextOptions;
	/**
	 * Reads the files again and tells whether they have become another, usable pair. Files that cannot be read or do not fit
	 * each other, such as those of a renewal that is half written, leave everything as it was.
	 */
	refresh(): Promise<boolean>;
}

/** Reads the pair. Throws StartupError with the variable's name where it is of no use. */
export const openTlsIdentity = async (files: TlsFiles, log: Log): Promise<TlsIdentity> => {
	let current = await readPair(files);
	/** The pair that was last complained about: every try would say the same. */
	let refused: string | undefined;
	return {
		context: () => current,
		refresh: async () => {
			try {
				const read = await readPair(files);
				refused = undefined;
				if (read.cert === current.cert && read.key === current.key) return false;
				current = read;
				log.info({ file: files.certFile }, "another certificate from now on");
				return true;
			} catch (err) {
				const reason = err instanceof Error ? err.message : "unknown";
				if (reason !== refused) log.warn({ reason }, "the certificate stays: its files are of no use now");
				refused = reason;
				return false;
			}
		},
	};
};

interface Pair extends SecureContextOptions {
	readonly cert: string;
	readonly key: string;
}

const readPair = async ({ certFile, keyFile }: TlsFiles): Promise<Pair> => {
	const [cert, key] = await Promise.all([read("KITH_TLS_CERT", certFile), read("KITH_TLS_KEY", keyFile)]);
	const pair: Pair = { cert, key, minVersion: "TLSv1.2" };
	try {
		createSecureContext(pair);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new StartupError(
			"configuration",
			code === "ERR_OSSL_X509_KEY_VALUES_MISMATCH"
				? `KITH_TLS_KEY: ${keyFile} is not the key of the certificate in ${certFile}`
				: `KITH_TLS_CERT, KITH_TLS_KEY: ${certFile} and ${keyFile} are no certificate and key in PEM`,
			error,
		);
	}
	return pair;
};

const read = async (variable: string, file: string): Promise<string> => {
	try {
		return await readFile(file, "utf8");
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new StartupError("configuration", `${variable}: ${file} cannot be read (${code ?? "unknown"})`, error);
	}
};
