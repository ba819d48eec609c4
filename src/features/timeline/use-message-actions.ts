import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { drafts, setDraft } from "../../client/drafts/drafts.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { applyPending } from "../../client/outbox/apply-pending.ts";
import { clientOutbox } from "../../client/outbox/client-outbox.ts";
import { reminderWish } from "../../client/reminders/reminder-wishes.ts";
import { eventAddress } from "../../client/rooms/addresses.ts";
import { frequentReactions, noteReaction, restoreReactions } from "../../client/rooms/frequent-reactions.ts";
import { deleteMessage, toggleReaction } from "../../client/rooms/message-changes.ts";
import { clientStore } from "../../client/store/client-store.ts";
import { bodyOf } from "../../client/store/event-content.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { useReaders } from "./use-readers.ts";

export interface Allowed {
	readonly canSend: boolean;
	readonly canDeleteOthers: boolean;
	readonly canTranslate: boolean;
}

/** What can be done with the messages of a room, and what is asked or said about it. */
export function useMessageActions(roomId: string, { canSend, canDeleteOthers, canTranslate }: Allowed) {
	const [deleting, setDeleting] = useState<string | undefined>();
	const [readersOf, setReadersOf] = useState<string | undefined>();
	const [translating, setTranslating] = useState<string | undefined>();
	const [pickingFrom, setPickingFrom] = useState<number | undefined>();
	useState(restoreReactions);
	const reactions = useObservable(frequentReactions, (all) => all);
	const { mutate, reset, error } = useMutation({ mutationFn: (work: () => Promise<void>) => work() });
	const actions = useMemo(
		() => ({
			canSend,
			canDeleteOthers,
			frequentReactions: reactions,
			onReact: (eventId: string, key: string) => {
				const event = findEvent(roomId, eventId);
				if (event === undefined) return;
				noteReaction(key);
				toggleReaction(roomId, event, key);
			},
			onReply: (eventId: string) => aim(roomId, "reply", findEvent(roomId, eventId)),
			onEdit: (eventId: string) => aim(roomId, "edit", findEvent(roomId, eventId)),
			onDelete: setDeleting,
			onQuoteMissing: (eventId: string) => {
				import("../../client/rooms/quoted-messages.ts").then(
					({ loadQuoted }) => loadQuoted(roomId, eventId),
					() => undefined,
				);
			},
			onShowReaders: setReadersOf,
			onPickDate: setPickingFrom,
			onTranslate: canTranslate ? setTranslating : undefined,
			onRemind: (eventId: string, words: string) => {
				const writtenAt = findEvent(roomId, eventId)?.originServerTs ?? Date.now();
				reminderWish.set(() => ({ roomId, eventId, words, sources: [{ words, writtenAt }] }));
			},
			onCopy: (body: string) => mutate(() => navigator.clipboard.writeText(body)),
			onCopyLink: (eventId: string) => {
				const link = new URL(eventAddress(roomId, eventId), location.origin).href;
				mutate(() => navigator.clipboard.writeText(link));
			},
			onRetry: (transactionId: string) => clientOutbox.retry(transactionId),
			onDiscard: (transactionId: string) => clientOutbox.remove(transactionId),
		}),
		[roomId, canSend, canDeleteOthers, canTranslate, reactions, mutate],
	);
	return {
		actions,
		dialogs: {
			...useReaders(roomId, readersOf),
			onCloseReaders: () => setReadersOf(undefined),
			translating,
			onTranslated: () => setTranslating(undefined),
			pickingFrom,
			onPicked: () => setPickingFrom(undefined),
			notice: error === null ? undefined : failureText(failureOf(error).code),
			onDismissNotice: reset,
			isDeleting: deleting !== undefined,
			onCancelDelete: () => setDeleting(undefined),
			onConfirmDelete: () => {
				if (deleting !== undefined) deleteMessage(roomId, deleting);
				setDeleting(undefined);
			},
		},
	};
}

/** A message as the person sees it, with what they did to it a moment ago. */
function findEvent(roomId: string, eventId: string): WireEvent | undefined {
	const stored = clientStore.get().rooms.get(roomId);
	const room = stored && applyPending(stored, clientOutbox.items.get());
	const isIt = (event: WireEvent) => event.eventId === eventId;
	return room?.history?.timeline.events.find(isIt) ?? room?.timeline.events.find(isIt);
}

/** Points the composer at a message: to answer it, or to change it. */
function aim(roomId: string, kind: "reply" | "edit", event: WireEvent | undefined): void {
	if (event === undefined) return;
	const written = drafts.get().get(roomId) ?? { text: "" };
	setDraft(roomId, { ...(kind === "edit" ? { text: bodyOf(event) ?? "" } : written), target: { kind, event } });
}
