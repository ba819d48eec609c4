import { privacyType } from "../../shared/wire/privacy-choices.ts";
import type { WireRoomDelta } from "../../shared/wire/sync.ts";
import type { AudienceCache } from "./audience-cache.ts";
import { changesSummary, composeDelta, type RoomChange } from "./compose-delta.ts";
import { connectedMembers } from "./connected-members.ts";
import { type DeviceMarks, deliverDeviceNews } from "./deliver-device-news.ts";
import type { DeviceNewsStore } from "./device-ports.ts";
import type { AudienceMember, StoredAccountData, StreamReads, StreamRecord, StreamSource } from "./ports.ts";
import { privacyIn } from "./privacy.ts";
import { applyMessage, applyReceipt, type RoomAudience, seesLastMessage } from "./room-audience.ts";
import type { SubscriberIndex } from "./subscriber-index.ts";

interface Sources {
	readonly store: StreamSource & Pick<DeviceNewsStore, "sharersOf">;
	readonly reads: StreamReads;
	readonly audiences: AudienceCache;
}

interface Range {
	readonly from: number;
	readonly to: number;
	/** Rooms where something happened, as far as that is known before it is read. */
	readonly roomNids: readonly number[];
}

/**
 * Hands out what was prepared. Synchronous, so that nobody can subscribe between it and the position that it reaches.
 * Returns whose acquaintance with others may have changed: they came into a room or left it, or chose who sees them.
 */
export type Delivery = (subscribers: SubscriberIndex) => readonly string[];

/** Reads the stream between two positions once and makes ready each connected person's part of it. */
export const prepareChanges = async (sources: Sources, range: Range): Promise<Delivery> => {
	const [records, { receipts, accountData, resolved, ...marks }, expected] = await Promise.all([
		sources.reads.recordsBetween(range.from, range.to),
		sources.store.marksBetween(range.from, range.to),
		range.roomNids.length === 0 ? noAudiences : sources.audiences.load(range.roomNids),
	]);
	const devices: DeviceMarks = { ...marks, sharers: await sharersOf(sources, marks.listChanges), to: range.to };
	const roomNids = [...new Set([...records, ...receipts, ...resolved].map(({ roomNid }) => roomNid))];
	if (roomNids.length === 0) {
		return (subscribers) => {
			deliverDeviceNews(subscribers, devices, new Set());
			return deliverAccountData(subscribers, accountData);
		};
	}
	const audiences = await audiencesOf(sources, roomNids, expected);
	const changes = audiences.map(
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
	await reloadLastMessages(sources, changes, resolved);
	const before = peopleOf(changes.filter(({ records: own }) => own.some(movesPeople)));
	const movedPeople = await reloadMovedAudiences(sources, changes, resolved);
	await Promise.all([loadUnknownWriters(sources, changes), loadDoorkeepers(sources, changes)]);
	return (subscribers) => {
		const choosers = deliverAccountData(subscribers, accountData);
		deliver(subscribers, changes, { range, movedPeople });
		const met = movedPeople.size === 0 ? [] : [...before, ...peopleOf(changes), ...movedPeople];
		deliverDeviceNews(subscribers, devices, new Set(met));
		return [...movedPeople, ...choosers];
	};
};

const noAudiences: ReadonlyMap<number, RoomAudience> = new Map();

/** They were read beforehand if it was known which rooms it would be. */
const audiencesOf = async (
	{ audiences }: Sources,
	roomNids: readonly number[],
	expected: ReadonlyMap<number, RoomAudience>,
): Promise<readonly RoomAudience[]> => {
	const found = roomNids.flatMap((roomNid) => expected.get(roomNid) ?? []);
	return found.length === roomNids.length ? found : [...(await audiences.load(roomNids)).values()];
};

/** Changes that are for one person alone are told to that person. */
const sharersOf = async ({ store }: Sources, changes: DeviceMarks["listChanges"]): Promise<ReadonlySet<string>> => {
	const forAll = changes.flatMap(({ userId, onlyFor }) => (onlyFor === undefined ? [userId] : []));
	const sharers = forAll.length === 0 ? [] : await store.sharersOf(forAll);
	return new Set([...sharers, ...changes.flatMap(({ onlyFor }) => onlyFor ?? [])]);
};

/** Who is in rooms where somebody comes or goes gets to know their devices, or has no business with them any more. */
const peopleOf = (changes: readonly RoomChange[]): readonly string[] =>
	changes.flatMap(({ audience }) => [...audience.members.keys()]);

/** Account data goes to its person's devices; returns those who chose anew what others are told of them. */
const deliverAccountData = (
	subscribers: SubscriberIndex,
	accountData: readonly StoredAccountData[],
): readonly string[] => {
	for (const data of accountData) {
		for (const subscriber of subscribers.of(data.userId)) {
			if (data.type === privacyType) subscriber.learnPrivacy(privacyIn([data]), data.position);
			subscriber.pushAccountData(data);
		}
	}
	return accountData.filter(({ type }) => type === privacyType).map(({ userId }) => userId);
};

/** What was told of the newest message no longer holds when it was edited or deleted, or does not count after all. */
const reloadLastMessages = async (
	{ reads }: Sources,
	changes: readonly RoomChange[],
	resolved: readonly { readonly roomNid: number }[],
): Promise<void> => {
	const marked = new Set(resolved.map(({ roomNid }) => roomNid));
	const revised = changes.filter(
		({ audience, records }) => marked.has(audience.roomNid) || records.some((record) => record.isRevision),
	);
	if (revised.length === 0) return;
	const nids = revised.flatMap(({ audience }) => audience.facts.lastMessageNid ?? []);
	const found = nids.length === 0 ? [] : await reads.lastMessages(nids);
	for (const { audience } of revised) {
		audience.lastMessage = found.find(({ position }) => position === audience.facts.lastMessageNid);
	}
};

const movesPeople = (record: StreamRecord): boolean => record.type === "m.room.member" && record.stateKey !== undefined;

/** A deleted message takes the badges of its mentions along. */
const takesMentions = (record: StreamRecord, audience: RoomAudience): boolean =>
	record.type === "m.room.redaction" && [...audience.members.values()].some(({ mentions }) => mentions.length > 0);

/** Whoever's own membership changed reads from the database; their rooms' audiences are loaded afresh. */
const reloadMovedAudiences = async (
	sources: Sources,
	changes: readonly RoomChange[],
	resolved: readonly { readonly roomNid: number; readonly userId: string }[],
): Promise<ReadonlySet<string>> => {
	const moved = new Set(resolved.map(({ userId }) => userId));
	const roomNids = new Set(resolved.map(({ roomNid }) => roomNid));
	for (const { audience, records } of changes) {
		for (const record of records) {
			if (movesPeople(record) && record.stateKey !== undefined) moved.add(record.stateKey);
			else if (!takesMentions(record, audience)) continue;
			roomNids.add(audience.roomNid);
		}
	}
	if (roomNids.size === 0) return moved;
	const loaded = await sources.store.loadAudiences([...roomNids]);
	for (const { audience } of changes) {
		if (!roomNids.has(audience.roomNid)) continue;
		audience.members.clear();
		audience.others.clear();
		for (const member of loaded.find(({ roomNid }) => roomNid === audience.roomNid)?.members ?? []) {
			audience.members.set(member.userId, { ...member });
		}
	}
	return moved;
};

/** Read anew each time: roles change by events of the same room, and few rooms have somebody before the door. */
const loadDoorkeepers = async ({ reads }: Sources, changes: readonly RoomChange[]): Promise<void> => {
	const asked = changes.filter(({ audience }) => audience.facts.knockCount > 0).map(({ audience }) => audience);
	if (asked.length === 0) return;
	const found = await reads.doorkeepers(asked.map(({ roomNid }) => roomNid));
	for (const audience of asked) audience.mayLetIn = found.get(audience.roomNid) ?? (() => false);
};

/** So many are kept of a room: who writes again soon costs no question. */
const mostOthers = 200;

const loadUnknownWriters = async ({ store }: Sources, changes: readonly RoomChange[]): Promise<void> => {
	const unknown = changes.flatMap(({ audience, records }) => {
		const { roomNid, members, others, lastMessage } = audience;
		const senders = new Set(records.filter(({ isMessage }) => isMessage).map(({ sender }) => sender));
		if (lastMessage !== undefined) senders.add(lastMessage.sender);
		if (others.size > mostOthers) others.clear();
		return [...senders]
			.filter((userId) => !members.has(userId) && !others.has(userId))
			.map((userId) => ({ roomNid, userId }));
	});
	if (unknown.length === 0) return;
	for (const { roomNid, ...member } of await store.shownMembers(unknown)) {
		changes.find(({ audience }) => audience.roomNid === roomNid)?.audience.others.set(member.userId, member);
	}
};

const deliver = (
	subscribers: SubscriberIndex,
	changes: readonly RoomChange[],
	{ range, movedPeople }: { readonly range: Range; readonly movedPeople: ReadonlySet<string> },
): void => {
	const deltas = new Map<string, WireRoomDelta[]>();
	const readers = new Set(movedPeople);
	for (const change of changes) {
		for (const [userId, member] of connectedMembers(change.audience, subscribers)) {
			if (cameInLater(change, member, range.to)) readers.add(userId);
			if (readers.has(userId)) continue;
			const own = deltas.get(userId) ?? [];
			deltas.set(userId, own);
			own.push(composeDelta(change, member));
		}
	}
	for (const [userId, own] of deltas) {
		const rooms = own.filter(hasNews);
		if (rooms.length === 0 || readers.has(userId)) continue;
		for (const subscriber of subscribers.of(userId)) subscriber.push({ position: range.to, rooms });
	}
	for (const userId of readers) for (const subscriber of subscribers.of(userId)) subscriber.overflow(range.to);
};

/**
 * Who came in after what is told may see less of it than who was in: the database knows. So it is with the last message
 * where one event more tells of it again.
 */
const cameInLater = (change: RoomChange, member: AudienceMember, to: number): boolean =>
	member.memberNid > to ||
	(member.membership === "join" && changesSummary(change, member) && !seesLastMessage(change.audience, member));

const hasNews = (delta: WireRoomDelta): boolean =>
	delta.summary !== undefined || delta.events.length > 0 || delta.progress !== undefined;
