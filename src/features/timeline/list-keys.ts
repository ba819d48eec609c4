import type { KeyboardEvent } from "react";
import type { MessageActions } from "./message-actions.ts";
import type { MessageSnapshot } from "./timeline-snapshot.ts";

/** What the keys of the conversation act on. */
export interface KeyTargets {
	/** The message in focus. */
	readonly message: MessageSnapshot | undefined;
	readonly actions: MessageActions;
	readonly onStep: (step: 1 | -1) => void;
	readonly onEdge: (edge: "first" | "last") => void;
}

/** Arrows go from message to message, Home and End to the ends; R answers, E changes, Delete deletes. */
export function onListKey(event: KeyboardEvent<HTMLElement>, targets: KeyTargets): void {
	if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
	if (move(event.key, targets) || act(event.key, targets)) event.preventDefault();
}

function move(key: string, { onStep, onEdge }: KeyTargets): boolean {
	switch (key) {
		case "ArrowUp":
			onStep(-1);
			return true;
		case "ArrowDown":
			onStep(1);
			return true;
		case "Home":
			onEdge("first");
			return true;
		case "End":
			onEdge("last");
			return true;
		default:
			return false;
	}
}

function act(key: string, { message, actions }: KeyTargets): boolean {
	if (message === undefined || message.isDeleted) return false;
	const { eventId, transactionId, isOwn } = message;
	if (eventId === undefined) {
		if (key !== "Delete" || message.state !== "failed" || transactionId === undefined) return false;
		actions.onDiscard(transactionId);
		return true;
	}
	if (key === "Delete" && (isOwn || actions.canDeleteOthers)) actions.onDelete(eventId);
	else if (key.toLowerCase() === "r" && actions.canSend) actions.onReply(eventId);
	else if (key.toLowerCase() === "e" && actions.canSend && isOwn) actions.onEdit(eventId);
	else return false;
	return true;
}

/** True for what takes the keys itself: a menu or a dialog over the message, a field. */
function isElsewhere(target: EventTarget): boolean {
	return target instanceof Element && target.closest("dialog, input, textarea") !== null;
}
