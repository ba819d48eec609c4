/**
 * Seals what this browser keeps of encrypted rooms: the words that were opened must not lie open on the disk. The key is
 * WebCrypto's and never leaves it, like the one of the engine's store; opening takes no engine, so that a start paints
 * before that is there.
 */
export interface SealedWords {
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly sealed: ArrayBuffer;
}

/** A record as it is, or with everything but its key sealed. */
export type Kept<T, K extends keyof T> = T | (Pick<T, K> & SealedWords);

export interface RecordSeal {
	seal<T extends object, K extends keyof T>(record: T, key: K): Promise<Pick<T, K> & SealedWords>;
	/** Rejects what was altered, and what another key sealed. */
	open<T extends object, K extends keyof T>(kept: Kept<T, K>): Promise<T>;
}

export function createRecordSeal(key: CryptoKey): RecordSeal {
	return {
		seal: async (record, name) => {
			const iv = crypto.getRandomValues(new Uint8Array(12));
			const bytes = new TextEncoder().encode(JSON.stringify(record));
			const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes);
			return { [name]: record[name], iv, sealed } as never;
		},
		open: async (kept) => {
			if (!isSealed(kept)) return kept as never;
			const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, key, kept.sealed);
			return JSON.parse(new TextDecoder().decode(bytes));
		},
	};
}

/** A key for records. It can be stored, and not be read. */
export function newRecordKey(): Promise<CryptoKey> {
	return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

function isSealed(kept: object): kept is SealedWords {
	return "sealed" in kept && "iv" in kept;
}

/** Opens records, leaving out those that do not open. */
export async function openRecords<T extends object, K extends keyof T>(
	seal: RecordSeal,
	kept: readonly Kept<T, K>[],
): Promise<readonly T[]> {
	const opened = await Promise.allSettled(kept.map((one) => seal.open(one)));
	return opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}
