/** Where somebody was in a conversation. */
export interface ScrollPlace {
	/** The first row on the screen, and how far the upper edge is below that row's. */
	readonly key: string;
	readonly offsetPx: number;
	/** How high the rows were that had been drawn; empty where that is not known any more. */
	readonly sizes: ReadonlyMap<string | number | bigint, number>;
}

const most = 10;
const places = new Map<string, ScrollPlace>();

/** The place where a chat was left; absent where that was its end. */
export function placeIn(roomId: string): ScrollPlace | undefined {
	return places.get(roomId);
}

/** Remembers a place for as long as the page lives; those of the chats visited last are kept. */
export function rememberPlace(roomId: string, place: ScrollPlace | undefined): void {
	places.delete(roomId);
	if (place === undefined) return;
	places.set(roomId, place);
	const [oldest] = places.keys();
	if (places.size > most && oldest !== undefined) places.delete(oldest);
}
