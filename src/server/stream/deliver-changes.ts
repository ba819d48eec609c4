import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { WireRoomDelta } from "../../shared/wire/sync.ts";
import type { AudienceCache } from "./audience-cache.ts";
import { composeDelta, type RoomChange } from "./compose-delta.ts";
import type { StreamReads, StreamRecord, StreamStore } from "./ports.ts";
import { applyMessage, applyReceipt } from "./room-audience.ts";
import type { SubscriberIndex } from "./subscriber-index.ts";

interface Sources {
	readonly store: StreamStore;
	readonly reads: StreamReads;
	readonly audiences: AudienceCache;
}

interface Range {
	readonly from: number;
	readonly to: number;
}

const personalTimelineLimit = 20;

/** Reads the stream between two positions once and hands each connected person their part of it. */
export const deliverChanges = async (sources: Sources, subscribers: SubscriberIndex, range: Range): Promise<void> => {
	const [records, receipts] = await Promise.all([
		sources.reads.recordsBetween(range.from, range.to),
		sources.store.receiptsBetween(range.from, range.to),
	]);
	const roomNids = [...new Set([...records, ...receipts].map(({ roomNid }) => roomNid))];
	if (roomNids.length === 0) return;
	const audiences = await sources.audiences.load(roomNids);
	const changes = [...audiences.values()].map(
		(audience): RoomChange => ({
			audience,
			records: records.filter((record) => record.roomNid === audience.roomNid),
			receipts: receipts.filter((receipt) => receipt.roomNid === audience.roomNid),
		}),
	);
	for (const change of changes) {
		for (const record of change.records) if (record.isMessage) applyMessage(change.audience, record);
		for (const receipt of change.receipts) applyReceipt(change.audience, receipt);
	}
	const movedPeople = await reloadMovedAudiences(sources, changes);
	deliverCommon(subscribers, changes, { range, except: movedPeople });
	await deliverPersonal(sources, subscribers, { range, userIds: movedPeople });
};

const movesPeople = (record: StreamRecord): boolean => record.type === "m.room.member" && record.stateKey !== undefined;

/** Whoever's own membership changed is read for from the database; their rooms' audiences are loaded afresh. */
const reloadMovedAudiences = async (sources: Sources, changes: readonly RoomChange[]): Promise<ReadonlySet<string>> => {
	const moved = new Set<string>();
	const roomNids = new Set<number>();
	for (const { audience, records } of changes) {
		for (const record of records) {
			if (!movesPeople(record) || record.stateKey === undefined) continue;
			moved.add(record.stateKey);
			roomNids.add(audience.roomNid);
		}
	}
	if (roomNids.size === 0) return moved;
	const loaded = await sources.store.loadAudiences([...roomNids]);
	for (const { audience } of changes) {
		if (!roomNids.has(audience.roomNid)) continue;
		audience.members.clear();
		for (const member of loaded.find(({ roomNid }) => roomNid === audience.roomNid)?.members ?? []) {
			audience.members.set(member.userId, { ...member });
		}
	}
	return moved;
};

const deliverCommon = (
	subscribers: SubscriberIndex,
	changes: readonly RoomChange[],
	{ range, except }: { readonly range: Range; readonly except: ReadonlySet<string> },
): void => {
	const deltas = new Map<string, WireRoomDelta[]>();
	for (const change of changes) {
		const { members } = change.audience;
		const readers = members.size <= subscribers.userCount ? members.keys() : subscribers.userIds();
		for (const userId of readers) {
			const member = members.get(userId);
			if (member === undefined || except.has(userId) || !subscribers.has(userId)) continue;
			const own = deltas.get(userId) ?? [];
			deltas.set(userId, own);
			own.push(composeDelta(change, member));
		}
	}
	for (const [userId, rooms] of deltas) {
		const news = { position: range.to, rooms: rooms.filter(hasNews), removedRoomIds: [] };
		if (news.rooms.length > 0) for (const subscriber of subscribers.of(userId)) subscriber.push(news);
	}
};

const hasNews = (delta: WireRoomDelta): boolean =>
	delta.summary !== undefined || delta.events.length > 0 || delta.progress !== undefined;

const deliverPersonal = async (
	sources: Sources,
	subscribers: SubscriberIndex,
	{ range, userIds }: { readonly range: Range; readonly userIds: ReadonlySet<string> },
): Promise<void> => {
	for (const userId of userIds) {
		if (!subscribers.has(userId)) continue;
		const options = { ...range, timelineLimit: personalTimelineLimit };
		const item = await sources.reads.changes(userId as UserId, options);
		const removedRoomIds = item.kind === "changes" ? item.removedRoomIds : [];
		const news = { position: range.to, rooms: item.rooms, removedRoomIds };
		for (const subscriber of subscribers.of(userId)) {
			if (item.kind === "changes") subscriber.push(news);
			else subscriber.overflow(range.to);
		}
	}
};
