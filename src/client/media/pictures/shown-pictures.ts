import { mediaAddressPath } from "../../../shared/media-address.ts";
import type { AttachmentKeys } from "../attachments/encrypted-file.ts";
import { readOutgoingFile } from "../files/outgoing-files.ts";
import { askMedia } from "../worker/media-link.ts";
import type { Opened, PictureFault } from "../worker/media-message.ts";

/** Where the bytes of a picture are, and what opens them. */
export type PictureSource =
	/** On its way out, in this browser. */
	| { readonly kind: "outgoing"; readonly fileId: string; readonly keys: AttachmentKeys }
	/** At the server of whoever sent it. Without keys it is not encrypted. */
	| { readonly kind: "address"; readonly address: string; readonly keys: AttachmentKeys | undefined };

export type ShownPicture =
	| {
			readonly kind: "shown";
			readonly url: string;
			/** Its first frame, where it moves. */
			readonly stillUrl?: string;
	  }
	| { readonly kind: "failed"; readonly fault: PictureFault };

interface Entry {
	shown: ShownPicture | undefined;
	loading: Promise<ShownPicture> | undefined;
	users: number;
}

/** Pictures that are open, the one that was looked at last behind the others. */
const entries = new Map<string, Entry>();
/** What went out from here under an address, by the address: it need not be fetched to be seen. */
const sentFiles = new Map<string, string>();
/** So many that nobody looks at stay open. */
const mostUnused = 60;

/** A file of this browser is at the server now. */
export function noteSent(fileId: string, address: string): void {
	sentFiles.set(address, fileId);
}

/** What is open already. */
export function shownPicture(source: PictureSource): ShownPicture | undefined {
	return entries.get(keyOf(source))?.shown;
}

/** Opens a picture, once for all who look at it. `isRetry`: what failed before is tried anew. */
export function openPicture(source: PictureSource, isRetry: boolean): Promise<ShownPicture> {
	const entry = entryOf(source);
	if (entry.shown?.kind === "shown") return Promise.resolve(entry.shown);
	entry.loading ??= load(source, isRetry).then((shown) => {
		entry.shown = shown;
		entry.loading = undefined;
		return shown;
	});
	return entry.loading;
}

/** Somebody looks at it; the answer ends that. */
export function holdPicture(source: PictureSource): () => void {
	const entry = entryOf(source);
	entry.users += 1;
	return () => {
		entry.users -= 1;
		closeUnused();
	};
}

async function load(source: PictureSource, isRetry: boolean): Promise<ShownPicture> {
	const answer = await ask(source, isRetry).catch((): Opened => ({ kind: "refused", fault: "unavailable" }));
	if (answer.kind === "refused") return { kind: "failed", fault: answer.fault };
	const { content, still } = answer;
	return {
		kind: "shown",
		url: URL.createObjectURL(content),
		...(still !== undefined && { stillUrl: URL.createObjectURL(still) }),
	};
}

async function ask(source: PictureSource, isRetry: boolean): Promise<Opened> {
	const { keys } = source;
	if (source.kind === "outgoing") {
		const ciphertext = await readOutgoingFile(source.fileId);
		if (ciphertext === undefined) return { kind: "refused", fault: "gone" };
		return askMedia<"open">({ kind: "open", ciphertext, keys: source.keys, isPicture: true });
	}
	const path = mediaAddressPath(source.address, "file");
	if (path === undefined) return { kind: "refused", fault: "gone" };
	return askMedia<"fetch">({ kind: "fetch", path, keys, isRetry });
}

function entryOf(source: PictureSource): Entry {
	const key = keyOf(source);
	const entry = entries.get(key) ?? { shown: undefined, loading: undefined, users: 0 };
	entries.delete(key);
	entries.set(key, entry);
	return entry;
}

/** The same address with other keys is another picture: what one says of it must not show what another opened. */
function keyOf(source: PictureSource): string {
	const { keys } = source;
	const opens = keys === undefined ? "" : `${keys.key.k} ${keys.iv} ${keys.hashes.sha256}`;
	const file = source.kind === "outgoing" ? source.fileId : (sentFiles.get(source.address) ?? source.address);
	return `${file} ${opens}`;
}

function closeUnused(): void {
	const unused = [...entries].filter(([, { users, loading }]) => users === 0 && loading === undefined);
	for (const [key, { shown }] of unused.slice(0, Math.max(0, unused.length - mostUnused))) {
		if (shown?.kind === "shown") {
			URL.revokeObjectURL(shown.url);
			if (shown.stillUrl !== undefined) URL.revokeObjectURL(shown.stillUrl);
		}
		entries.delete(key);
	}
}
