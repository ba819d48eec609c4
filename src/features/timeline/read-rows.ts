import type { WireEvent } from "../../shared/wire/event.ts";
import { type MessageContext, messageOfEvent, messageOfOutbox } from "./build-message.ts";
import type { Row } from "./build-rows.ts";
import { serviceText } from "./service-text.ts";
import type { RowSnapshot } from "./timeline-snapshot.ts";

/** Rows that were read in one context, by what they are made of, and the event each quotes. */
export interface RowCache {
	readonly context: MessageContext;
	readonly known: WeakMap<object, KnownRow>;
}

interface KnownRow {
	readonly snapshot: RowSnapshot;
	readonly quoted: WireEvent | undefined;
	/** How many events it tells beside its own. */
	readonly foldedCount: number | undefined;
}

export function createRowCache(context: MessageContext): RowCache {
	return { context, known: new WeakMap() };
}

export interface RowSources {
	readonly rows: readonly Row[];
	readonly byId: ReadonlyMap<string, WireEvent>;
	readonly cache: RowCache;
}

/** Reads rows one by one, each once: what is unchanged comes back as the same object, and its view is left alone. */
export function rowReader({ rows, byId, cache }: RowSources): (index: number) => RowSnapshot | undefined {
	const { context } = cache;
	return (index) => {
		const source = rows[index]?.source;
		if (source === undefined) return undefined;
		const origin = source.kind === "event" ? source.event : source.item;
		const quotedId = source.kind === "event" ? source.event.relatesTo?.eventId : source.item.replyTo;
		const quoted = quotedId === undefined ? undefined : byId.get(quotedId);
		const known = cache.known.get(origin);
		const foldedCount = source.kind === "event" ? source.folded?.length : undefined;
		if (known !== undefined && known.quoted === quoted && known.foldedCount === foldedCount) return known.snapshot;
		const snapshot =
			source.kind === "outbox"
				? messageOfOutbox(source.item, quoted, context)
				: (messageOfEvent(source.event, quoted, context) ?? {
						kind: "service" as const,
						text: serviceText(source.event, context, source.folded) ?? "",
					});
		cache.known.set(origin, { snapshot, quoted, foldedCount });
		return snapshot;
	};
}
