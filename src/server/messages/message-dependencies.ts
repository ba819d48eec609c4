import type { EventId, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { WirePrivacy } from "../../shared/wire/privacy.ts";
import type {
	AppendLane,
	DraftEvent,
	PlacedEvent,
	PlanContext,
	RoomDraft,
	TargetEvent,
	WriteLimiter,
} from "../rooms/public.ts";
import type { UnreadableCounts } from "./report-unreadable.ts";

/** What the use cases of this area are given. */
export interface MessagesDependencies {
	readonly lane: AppendLane;
	readonly limiter: WriteLimiter;
	/** What a person lets others know. */
	privacyOf(userId: UserId): Promise<WirePrivacy>;
	readonly unreadableCounts: UnreadableCounts;
	readonly clock: { now(): number };
	/** The id of a file by its address; undefined: the address is none of this server's. */
	fileIdOf(url: string): string | undefined;
}

/** Who writes where, under which transaction id. */
export interface WriteInput {
	readonly userId: UserId;
	readonly roomId: RoomId;
	readonly transactionId: string;
}

/** What a stored event is acknowledged with. */
export interface Sent {
	readonly eventId: EventId;
	readonly position: string;
	readonly originServerTs: number;
}

/** What a write needs besides its room and sender. */
interface WriteNeeds {
	readonly targets?: readonly EventId[];
	/** Message events only: no relations. */
	readonly isPlain?: boolean;
	readonly reaction?: { readonly targetEventId: EventId; readonly sender: UserId; readonly key: string };
	/** Ids of files that the event refers to: the writer's own. */
	readonly mediaIds?: readonly string[];
}

/** Submits one write; a retry under the same transaction id is given the first answer. */
export const submitWrite = (
	dependencies: MessagesDependencies,
	input: WriteInput & WriteNeeds,
	plan: (context: PlanContext, draft: RoomDraft) => Sent,
): Promise<Sent> =>
	dependencies.lane.submit<Sent>({
		rooms: [input.roomId],
		users: [input.userId],
		targets: input.targets ?? [],
		isPlain: input.isPlain ?? false,
		...(input.mediaIds === undefined ? {} : { files: { ownerId: input.userId, mediaIds: input.mediaIds } }),
		...(input.reaction === undefined ? {} : { reaction: input.reaction }),
		replay: {
			transactionId: input.transactionId,
			sender: input.userId,
			roomId: input.roomId,
			answer: (earlier) => {
				if (typeof earlier === "string") throw new Error("a write is not answered with a room");
				return { eventId: earlier.eventId, position: String(earlier.position), originServerTs: earlier.originServerTs };
			},
		},
		plan: (context) => {
			const draft = context.room(input.roomId);
			if (draft.state("m.room.member", input.userId)?.content["membership"] !== "join") {
				throw new AppError("not-a-member");
			}
			if (draft.row.replacementRoomId !== undefined) throw new AppError("room-upgraded");
			if (!context.ownsFiles()) throw new AppError("file-gone");
			return plan(context, draft);
		},
	});

/** Adds an event of the writer to the draft, and what holds the files to which it refers. */
export const addWritten = (
	draft: RoomDraft,
	input: WriteInput & Pick<WriteNeeds, "mediaIds">,
	event: Pick<DraftEvent, "type" | "content" | "redacts">,
): Sent => {
	const placed = draft.add({ ...event, sender: input.userId, transactionId: input.transactionId });
	for (const mediaId of new Set(input.mediaIds)) draft.rows.fileUses.push({ mediaId, eventNid: placed.nid });
	return toSent(placed);
};

/** The ids of the files at these addresses. Throws `file-gone` where one cannot be a file of this server. */
export const fileIdsOf = ({ fileIdOf }: MessagesDependencies, urls: readonly string[]): readonly string[] =>
	urls.map((url) => {
		const mediaId = fileIdOf(url);
		if (mediaId === undefined) throw new AppError("file-gone");
		return mediaId;
	});

/** The answer for a stored event. */
export const toSent = (placed: PlacedEvent): Sent => ({
	eventId: placed.event.eventId,
	position: String(placed.nid),
	originServerTs: placed.event.originServerTs,
});

/** Throws `encryption-required` in an encrypted room: what people of this server write there does not go out in clear. */
export const refusePlain = ({ row }: RoomDraft): void => {
	if (row.encryption !== undefined) throw new AppError("encryption-required");
};

/** Throws `forbidden` unless the target is a message of the writer, of one of these types, and itself no edit or state. */
export const requireEditable = (
	{ event, relation }: TargetEvent,
	{ userId }: WriteInput,
	types: readonly string[],
): void => {
	const isEditable = types.includes(event.type) && event.stateKey === undefined && relation?.kind !== "edit";
	if (event.sender !== userId || !isEditable) throw new AppError("forbidden");
};

/** The event a write refers to. Throws `not-found` when it is not in this room or has been deleted. */
export const requireTarget = (context: PlanContext, draft: RoomDraft, eventId: EventId): TargetEvent => {
	const target = context.target(eventId);
	if (target === undefined || target.roomNid !== draft.row.nid || target.isRedacted) throw new AppError("not-found");
	return target;
};
