import { AppError } from "../../../shared/app-error.ts";
import { formatMediaAddress, type MediaAddress } from "../../../shared/media-address.ts";
import type { MediaId, RemoteMediaRecord } from "../ports.ts";
import type { ReadMedia } from "../read-media.ts";
import type { FetchedMedia, RemoteMediaEnvironment } from "./remote-media-environment.ts";

/** A server that has it not, or cannot be asked, is left alone for this long. */
const missingMs = 10 * 60 * 1000;
const unreachableMs = 60 * 1000;

/**
 * A picture or a file that another server has: from what is kept here, or from that server, and then kept. Of a server
 * that is not to be shown there is none. Throws `not-found` and, where asking later may help, `unavailable`.
 */
export const readRemoteMedia = async (
	environment: RemoteMediaEnvironment,
	address: MediaAddress,
): Promise<ReadMedia> => {
	const { store, storage, clock, isShown = () => true } = environment;
	if (!isShown(address.serverName)) throw new AppError("not-found");
	const known = await store.find({ ...address, isWhole: environment.kind.isWhole }, clock.now());
	const stored = known === undefined ? undefined : await storage.read(known.id);
	if (known !== undefined && stored !== undefined) return { ...stored, contentType: known.contentType };
	const { contentType, body } = await fetchOnce(environment, address, known);
	return { contentType, sizeBytes: body.length, content: once(body) };
};

/** Those who ask for it at the same moment wait for one answer. */
const fetchOnce = (
	environment: RemoteMediaEnvironment,
	address: MediaAddress,
	known: RemoteMediaRecord | undefined,
): Promise<FetchedMedia> => {
	const { fetching, refused, clock } = environment;
	const key = formatMediaAddress(address);
	const refusal = refused.get(key);
	if (refusal !== undefined && refusal.until > clock.now()) throw refusal.error;
	refused.delete(key);
	const running = fetching.get(key);
	if (running !== undefined) return running;
	const { fetchesAtOnce, mostWaiting } = environment.kind;
	if (fetching.size >= fetchesAtOnce + mostWaiting) throw new AppError("too-many-requests", { retryAfterMs: 1000 });
	const fetched = inTurn(environment, () => fetchAndKeep(environment, address, known)).finally(() =>
		fetching.delete(key),
	);
	fetching.set(key, fetched);
	return fetched;
};

/** Whoever waited longest is next. */
const inTurn = async <T>(environment: RemoteMediaEnvironment, fetch: () => Promise<T>): Promise<T> => {
	if (environment.running >= environment.kind.fetchesAtOnce) {
		await new Promise<void>((resolve) => environment.waiting.push(resolve));
	} else {
		environment.running += 1;
	}
	try {
		return await fetch();
	} finally {
		// The turn is handed on, so that nobody who comes now takes it before those who wait.
		const next = environment.waiting.shift();
		if (next === undefined) environment.running -= 1;
		else next();
	}
};

const fetchAndKeep = async (
	environment: RemoteMediaEnvironment,
	address: MediaAddress,
	known: RemoteMediaRecord | undefined,
): Promise<FetchedMedia> => {
	const { source, kind, store, storage, clock, randomBytes } = environment;
	const kept = known === undefined ? await keptMeanwhile(environment, address) : undefined;
	if (kept !== undefined) return kept;
	const answer = await source.fetch(address, kind.mostBytes);
	if (answer.kind === "unreachable") throw refuse(environment, address, { why: "unreachable", forMs: unreachableMs });
	if (answer.kind === "missing") throw refuse(environment, address, { why: "missing", forMs: missingMs });
	const { body } = answer;
	const type = kind.typeOf(body);
	if ("refusal" in type) throw refuse(environment, address, { why: type.refusal, forMs: missingMs });
	const { contentType } = type;
	const id = known?.id ?? (Buffer.from(randomBytes(16)).toString("hex") as MediaId);
	// The content comes first: a row without it would be asked for again at each look.
	await storage.write(id, body);
	const record = { ...address, isWhole: kind.isWhole, id, contentType, sizeBytes: body.length };
	if (known === undefined && !(await store.add(record, clock.now()))) await storage.remove(id);
	return { contentType, body };
};

/** Who looked before another fetch had ended, and comes after it, finds here what that one brought. */
const keptMeanwhile = async (
	{ store, storage, kind, clock }: RemoteMediaEnvironment,
	address: MediaAddress,
): Promise<FetchedMedia | undefined> => {
	const record = await store.find({ ...address, isWhole: kind.isWhole }, clock.now());
	const stored = record === undefined ? undefined : await storage.read(record.id);
	if (record === undefined || stored === undefined) return undefined;
	const pieces: Uint8Array[] = [];
	for await (const piece of stored.content) pieces.push(piece);
	return { contentType: record.contentType, body: Buffer.concat(pieces) };
};

async function* once(body: Uint8Array): AsyncGenerator<Uint8Array> {
	yield body;
}

const refuse = (
	{ refused, clock, log }: RemoteMediaEnvironment,
	address: MediaAddress,
	{ why, forMs }: { readonly why: string; readonly forMs: number },
): AppError => {
	log.info({ peer: address.serverName, media: address.mediaId, reason: why }, "a file of another server is not shown");
	const error =
		forMs === unreachableMs ? new AppError("unavailable", { retryAfterMs: unreachableMs }) : new AppError("not-found");
	// The oldest goes first, so that nobody fills the memory by asking.
	const [oldest] = refused.keys();
	if (refused.size >= 10_000 && oldest !== undefined) refused.delete(oldest);
	refused.set(formatMediaAddress(address), { until: clock.now() + forMs, error });
	return error;
};
