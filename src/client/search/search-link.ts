import type { WordHit } from "../../shared/word-index.ts";
import { onOtherPerson } from "../assistant/on-other-person.ts";
import type { SearchCall, SearchReply, SearchRequest } from "./search-message.ts";

/** Where the build puts the worker. */
const workerAddress = "/search-engine/worker.js";

interface Waiting {
	readonly resolve: (hits: readonly WordHit[]) => void;
	readonly reject: (error: Error) => void;
}

interface Link {
	readonly worker: Worker;
	readonly waiting: Map<number, Waiting>;
}

let link: Link | undefined;
let lastId = 0;
let opened = 0;

// What one person could read is nothing for the next one.
onOtherPerson(closeSearch);

/** Asks the worker, which is started at the first time and after it broke, with nothing in it. Rejects when it breaks meanwhile. */
export function askSearch(call: SearchCall): Promise<readonly WordHit[]> {
	link ??= openLink();
	const { worker, waiting } = link;
	lastId += 1;
	const id = lastId;
	return new Promise((resolve, reject) => {
		waiting.set(id, { resolve, reject });
		worker.postMessage({ ...call, id } satisfies SearchRequest);
	});
}

/** Another number once the worker was begun anew: it knows nothing then. */
export function searchAge(): number {
	return link === undefined ? opened + 1 : opened;
}

function openLink(): Link {
	opened += 1;
	const worker = new Worker(workerAddress, { type: "module" });
	const waiting: Link["waiting"] = new Map();
	worker.onmessage = ({ data: { id, hits } }: MessageEvent<SearchReply>) => {
		waiting.get(id)?.resolve(hits);
		waiting.delete(id);
	};
	worker.onerror = closeSearch;
	return { worker, waiting };
}

/** Lets go of the worker with all that it knows. */
export function closeSearch(): void {
	const broken = link;
	link = undefined;
	broken?.worker.terminate();
	for (const { reject } of broken?.waiting.values() ?? []) reject(new Error("the search broke"));
}
