import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { StartupError } from "../../process/startup-error.ts";

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The usual authorities and those of a file in PEM; without a file undefined, which means the usual ones. */
export const readTrustedCertificates = (caFile: string | undefined): readonly string[] | undefined => {
	if (caFile === undefined) return undefined;
	const own = readText(caFile).match(certificate) ?? [];
	if (own.length === 0 || !own.every(isCertificate)) {
		throw new StartupError("configuration", `KITH_FEDERATION_CA: ${caFile} holds no certificates in PEM`);
	}
	return [...rootCertificates, ...own];
};

const readText = (file: string): string => {
	try {
		return readFileSync(file, "utf8");
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new StartupError("configuration", `KITH_FEDERATION_CA: ${file} cannot be read (${code})`, error);
	}
};

const isCertificate = (text: string): boolean => {
	try {
		return new X509Certificate(text).subject !== "";
	} catch {
		return false;
	}
};
