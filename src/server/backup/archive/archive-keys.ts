import { createHmac, scrypt, timingSafeEqual } from "node:crypto";
import { BackupError } from "../backup-error.ts";

/** How much work a guess at the passphrase costs: scrypt's N (as its binary logarithm), r and p. */
export interface KeyCost {
	readonly log2N: number;
	readonly r: number;
	readonly p: number;
}

/** Opens every chunk of one archive; no other archive has the same key, because each has a salt of its own. */
export interface ArchiveKey {
	readonly header: Buffer;
	readonly chunkKey: Buffer;
}

export type RandomBytes = (sizeBytes: number) => Uint8Array;

const magic = Buffer.from("KITHBAK", "latin1");
const formatVersion = 1;
const saltSizeBytes = 32;
const macSizeBytes = 32;
const saltAt = magic.length + 4;
const macAt = saltAt + saltSizeBytes;

/** `KITHBAK`, version, log2 N, r, p, salt, and an HMAC-SHA-256 of all that. */
export const headerSizeBytes = macAt + macSizeBytes;

/** 128 MiB and about half a second for each guess. */
const shippedCost: KeyCost = { log2N: 17, r: 8, p: 1 };

/** What an archive may ask of the machine that opens it: 1 GiB, so that a forged header can't exhaust it. */
const largestCost: KeyCost = { log2N: 20, r: 8, p: 4 };

/** The key of a new archive. */
export const makeArchiveKey = async (
	passphrase: string,
	random: RandomBytes,
	cost: KeyCost = shippedCost,
): Promise<ArchiveKey> => {
	const facts = Buffer.from([formatVersion, cost.log2N, cost.r, cost.p]);
	const salt = random(saltSizeBytes);
	const { chunkKey, headerKey } = await deriveKeys(passphrase, salt, cost);
	const head = Buffer.concat([magic, facts, salt]);
	return { header: Buffer.concat([head, macOf(headerKey, head)]), chunkKey };
};

/** The key of the archive that begins with these bytes. Throws `no-backup`, `format-newer`, `passphrase-wrong`. */
export const openArchiveKey = async (passphrase: string, header: Buffer): Promise<ArchiveKey> => {
	if (header.length < headerSizeBytes || !header.subarray(0, magic.length).equals(magic)) {
		throw new BackupError("no-backup", "the file is no backup of Kith");
	}
	const [version = 0, log2N = 0, r = 0, p = 0] = header.subarray(magic.length, saltAt);
	if (version !== formatVersion) {
		throw new BackupError("format-newer", "the backup was made by a newer Kith: restore it with that version");
	}
	if (!isPayable({ log2N, r, p })) {
		throw new BackupError("altered", "the backup is damaged at its beginning: nothing was restored");
	}
	const { chunkKey, headerKey } = await deriveKeys(passphrase, header.subarray(saltAt, macAt), { log2N, r, p });
	if (!timingSafeEqual(macOf(headerKey, header.subarray(0, macAt)), header.subarray(macAt, headerSizeBytes))) {
		throw new BackupError("passphrase-wrong", "the passphrase is not the one of this backup: nothing was restored");
	}
	return { header: Buffer.from(header.subarray(0, headerSizeBytes)), chunkKey };
};

/** Whether scrypt is defined for this cost (RFC 7914, section 2: N < 2^(128 r / 8)) and this machine is asked no more than the largest. */
const isPayable = ({ log2N, r, p }: KeyCost): boolean =>
	log2N >= 1 &&
	log2N < 16 * r &&
	log2N <= largestCost.log2N &&
	r >= 1 &&
	r <= largestCost.r &&
	p >= 1 &&
	p <= largestCost.p;

const deriveKeys = (
	passphrase: string,
	salt: Uint8Array,
	{ log2N, r, p }: KeyCost,
): Promise<{ chunkKey: Buffer; headerKey: Buffer }> =>
	new Promise((resolve, reject) => {
		const N = 2 ** log2N;
		// scrypt holds N blocks, p more to begin with and two to work in, of 128 r bytes each.
		const cost = { N, r, p, maxmem: 128 * r * (N + p + 3) };
		// The same passphrase typed on another keyboard may be composed of other code points.
		scrypt(passphrase.normalize("NFKC"), salt, 64, cost, (error, key) => {
			if (error === null) resolve({ chunkKey: key.subarray(0, 32), headerKey: key.subarray(32) });
			else reject(error);
		});
	});

const macOf = (key: Buffer, head: Buffer): Buffer => createHmac("sha256", key).update(head).digest();
