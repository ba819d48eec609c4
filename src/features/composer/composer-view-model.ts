import { prepareToSeal } from "../../client/crypto/prepare-to-seal.ts";
import { type Draft, drafts, setDraft } from "../../client/drafts/drafts.ts";
import { settleDrafts } from "../../client/drafts/keep-drafts.ts";
import { useClientState, useRoom } from "../../client/hooks/use-client.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { clientOutbox } from "../../client/outbox/client-outbox.ts";
import { isChange, type OutboxEntry } from "../../client/outbox/outbox-entry.ts";
import { dismissChange, editMessage } from "../../client/rooms/message-changes.ts";
import { bodyOf, isPicture } from "../../client/store/event-content.ts";
import { wordsOf } from "../../client/store/message-words.ts";
import type { RoomState } from "../../client/store/room-state.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { localpartOf } from "../../shared/text/names.ts";
import { text } from "../../shared/text/text.ts";
import { isAppErrorCode } from "../../shared/wire/error.ts";
import type { WireMember } from "../../shared/wire/room.ts";
import type { ComposerTarget } from "./composer-view.tsx";
import { type Mentionable, mentionedIn } from "./mention-query.ts";
import { useAttached } from "./use-attached.ts";
import { useInserted } from "./use-inserted.ts";
import { useMentions } from "./use-mentions.ts";
import { useTyping } from "./use-typing.ts";

/** The longest text that a message may hold, in UTF-16 units: the limit of the server's schema. */
const longest = 20_000;
/** From how many left on the composer says so. */
const nearlyLongest = 500;
const emptyDraft: Draft = { text: "" };

/** What is written in a room: a new message, an answer, or a change of an own message. */
export function useComposer(roomId: string, members: readonly WireMember[] | undefined) {
	const draft = useObservable(drafts, (all) => all.get(roomId)) ?? emptyDraft;
	const userId = useClientState((state) => state.me?.userId);
	const room = useRoom(roomId);
	const refused = useObservable(clientOutbox.items, (items) => items.find((entry) => isRefusedChange(entry, roomId)));
	const people = peopleOf(room, members);
	const mentions = useMentions(
		roomId,
		draft,
		people.filter((person) => person.userId !== userId),
	);
	const typing = useTyping(roomId);
	const { isReady, problem, onDismissProblem, send, ...attaching } = useAttached(roomId);
	const isEdit = draft.target?.kind === "edit";
	const isCaption = attaching.attached.length > 0 && !isEdit;
	const mayBeEmpty = isCaption || (draft.target !== undefined && isEdit && isPicture(draft.target.event));
	const body = draft.text.trim();
	const left = longest - draft.text.length;
	const nameOf = (id: string) =>
		id === userId ? text("common.you") : (people.find((one) => one.userId === id)?.name ?? localpartOf(id));
	return {
		...mentions,
		...attaching,
		inserted: useInserted(roomId),
		isCaption,
		canAttach: !isEdit,
		body: draft.text,
		target: targetOf(draft, nameOf),
		canSubmit: (body !== "" || mayBeEmpty) && (isReady || isEdit) && left >= 0 && userId !== undefined,
		charactersLeft: left < nearlyLongest ? left : undefined,
		refusal: problem ?? (refused && refusalOf(refused)),
		onDismissRefusal: () => {
			if (problem !== undefined) onDismissProblem();
			else if (refused !== undefined) dismissChange(refused.transactionId);
		},
		onBody: (next: string, caret: number) => {
			if (body === "" && next.trim() !== "") prepareToSeal(roomId);
			setDraft(roomId, { ...draft, text: next });
			mentions.onCaret(caret);
			if (next.trim() === "") typing.stop();
			else typing.onText();
		},
		onLeave: () => {
			mentions.onCaret(undefined);
			typing.stop();
		},
		onDropTarget: () => setDraft(roomId, { text: draft.target?.kind === "edit" ? "" : draft.text }),
		onEditLast: () => editLast(room, roomId, userId),
		onSubmit: () => {
			if (userId === undefined) return;
			const { target } = draft;
			const words = { userId, roomId, body, replyTo: target?.event.eventId, mentions: mentionedIn(draft) };
			if (target?.kind === "edit") editMessage(roomId, target.event, body);
			else if (isCaption) send(words);
			else clientOutbox.add(words);
			setDraft(roomId, emptyDraft);
			typing.stop();
			void settleDrafts();
		},
	};
}

/** Everybody in the room by the name it knows them by: from the list of members, and while that is missing from what they wrote. */
function peopleOf(room: RoomState | undefined, members: readonly WireMember[] | undefined): readonly Mentionable[] {
	const names = new Map<string, string>();
	for (const { userId, displayName, membership } of members ?? []) {
		if (membership === "join" || membership === "invite") names.set(userId, displayName);
	}
	for (const [userId, name] of room?.names ?? [])
		if (members === undefined || names.has(userId)) names.set(userId, name);
	return [...names].map(([userId, name]) => ({ userId, name }));
}

/** Opens the newest own message for a change. */
function editLast(room: RoomState | undefined, roomId: string, userId: string | undefined): void {
	const event = room?.timeline.events.findLast((one) => one.sender === userId && bodyOf(one) !== undefined);
	if (event !== undefined) setDraft(roomId, { text: bodyOf(event) ?? "", target: { kind: "edit", event } });
}

function isRefusedChange(entry: OutboxEntry, roomId: string): boolean {
	return isChange(entry) && entry.roomId === roomId && entry.state.kind === "failed";
}

/** What was taken back, and why, in words. */
function refusalOf(entry: OutboxEntry): string | undefined {
	if (!isChange(entry) || entry.state.kind !== "failed") return undefined;
	const { code } = entry.state;
	const reason = failureText(isAppErrorCode(code) ? code : "internal");
	return `${text(`change.${entry.change.kind}`)} ${reason}`;
}

function targetOf({ target }: Draft, nameOf: (userId: string) => string): ComposerTarget | undefined {
	if (target === undefined) return undefined;
	const { kind, event } = target;
	return {
		kind,
		eventId: event.eventId,
		senderId: event.sender,
		senderName: nameOf(event.sender),
		text: wordsOf(event) ?? text("message.deleted"),
	};
}
