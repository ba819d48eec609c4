import { ChevronDown, CloudAlert, LoaderCircle, MessageCircle } from "lucide-react";
import { type KeyboardEvent, type UIEvent, useEffect, useRef, useState } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";
import type { MessageActions } from "./message-actions.ts";
import { MessageView } from "./message-view.tsx";
import type { DaySnapshot, EntrySnapshot, GroupSnapshot } from "./timeline-snapshot.ts";

export interface TimelineProps {
	readonly days: readonly DaySnapshot[];
	readonly state: "loading" | "ready" | "failed";
	readonly hasOlder: boolean;
	readonly older: "idle" | "loading" | "failed";
	readonly onOlder: () => void;
	readonly onRetry: () => void;
	/** Says whether the newest message is in sight. */
	readonly onAtEnd: (isAtEnd: boolean) => void;
	readonly actions: Omit<MessageActions, "onShowQuoted">;
}

const nearPx = 400;

/** The messages of a room, newest at the bottom. The scroller runs from its end, so older pages never move what is read. */
export function TimelineView(props: TimelineProps) {
	const scroller = useRef<HTMLDivElement>(null);
	const [isAtEnd, setAtEnd] = useState(true);
	const { onOlder, hasOlder, older } = props;
	const isShort = props.days.length;
	useEffect(() => {
		const box = scroller.current;
		if (box !== null && isShort > 0 && hasOlder && older === "idle" && isNearStart(box)) onOlder();
	}, [isShort, hasOlder, older, onOlder]);
	const onScroll = (event: UIEvent<HTMLDivElement>) => {
		const box = event.currentTarget;
		const atEnd = box.scrollTop > -24;
		if (atEnd !== isAtEnd) {
			setAtEnd(atEnd);
			props.onAtEnd(atEnd);
		}
		if (hasOlder && older === "idle" && isNearStart(box)) onOlder();
	};
	const toEnd = () => scroller.current?.scrollTo({ top: 0, behavior: "smooth" });
	const actions: MessageActions = {
		...props.actions,
		onShowQuoted: (eventId) => showQuoted(scroller.current, eventId),
	};
	return (
		<>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard. */}
			{/* biome-ignore lint/a11y/noStaticElementInteractions: its arrow keys only move the focus between messages. */}
			<div className="timeline" ref={scroller} tabIndex={0} onScroll={onScroll} onKeyDown={onKeyOf(actions)}>
				<div className="timeline-in" role="log" aria-live="polite" aria-label={text("chat.messages")}>
					<OlderRow {...props} />
					<Content {...props} actions={actions} />
				</div>
			</div>
			{!isAtEnd && (
				<button type="button" className="to-end" aria-label={text("chat.toNewest")} onClick={toEnd}>
					<Icon of={ChevronDown} />
				</button>
			)}
		</>
	);
}

function Content(props: Omit<TimelineProps, "actions"> & { readonly actions: MessageActions }) {
	if (props.days.length > 0) {
		return props.days.map((day) => (
			<section className="day" key={day.key} aria-label={day.label}>
				<h2 className="date">
					<span>{day.label}</span>
				</h2>
				{day.entries.map((entry) => (
					<Entry key={entry.key} entry={entry} actions={props.actions} />
				))}
			</section>
		));
	}
	if (props.state === "failed") {
		return (
			<EmptyState
				role="alert"
				icon={CloudAlert}
				title={text("chat.failedTitle")}
				text={text("chat.failedText")}
				action={
					<Button look="second" onClick={props.onRetry}>
						{text("common.retry")}
					</Button>
				}
			/>
		);
	}
	if (props.state === "loading") {
		return (
			<p className="older" role="status">
				<Icon of={LoaderCircle} isSpinning />
				<span className="visually-hidden">{text("common.loading")}</span>
			</p>
		);
	}
	return <EmptyState icon={MessageCircle} title={text("chat.emptyTitle")} text={text("chat.emptyText")} />;
}

function OlderRow({ days, older, onOlder }: TimelineProps) {
	if (days.length === 0 || older === "idle") return null;
	if (older === "loading") {
		return (
			<p className="older" role="status">
				<Icon of={LoaderCircle} isSpinning />
				<span className="visually-hidden">{text("chat.loadingOlder")}</span>
			</p>
		);
	}
	return (
		<p className="older" role="alert">
			<span className="service">
				{text("chat.olderFailed")}{" "}
				<button type="button" className="text-button" onClick={onOlder}>
					{text("common.retry")}
				</button>
			</span>
		</p>
	);
}

function Entry({ entry, actions }: { readonly entry: EntrySnapshot; readonly actions: MessageActions }) {
	switch (entry.kind) {
		case "service":
			return <p className="service">{entry.text}</p>;
		case "unread":
			return (
				<p className="unread">
					<span>{text("chat.newSince")}</span>
				</p>
			);
		case "group":
			return <Group group={entry} actions={actions} />;
	}
}

function Group({ group, actions }: { readonly group: GroupSnapshot; readonly actions: MessageActions }) {
	const hasFace = !group.isOwn && group.hasSender;
	return (
		<div className={group.isOwn ? "group group-out" : hasFace ? "group group-in" : "group group-in group-plain"}>
			{hasFace && <Avatar id={group.senderId} name={group.senderName} size={32} />}
			{group.messages.map((message, index) => (
				<MessageView
					key={message.key}
					message={message}
					isFirst={index === 0}
					sender={hasFace && index === 0 ? { id: group.senderId, name: group.senderName } : undefined}
					actions={actions}
				/>
			))}
		</div>
	);
}

/** The scroller is laid out from its end: `scrollTop` is 0 at the newest message and negative above it. */
function isNearStart(box: HTMLElement): boolean {
	return box.scrollHeight + box.scrollTop - box.clientHeight < nearPx;
}

function showQuoted(scroller: HTMLElement | null, eventId: string): void {
	const target = scroller?.querySelector<HTMLElement>(`[data-event="${CSS.escape(eventId)}"]`);
	target?.scrollIntoView({ block: "center", behavior: "smooth" });
	target?.focus({ preventScroll: true });
}

/** Arrows go from message to message; R answers and E changes the one in focus. */
function onKeyOf(actions: MessageActions) {
	return (event: KeyboardEvent<HTMLElement>) => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
		const messages = [...event.currentTarget.querySelectorAll<HTMLElement>(".msg")];
		const at = messages.findIndex((message) => message.contains(document.activeElement));
		const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
		if (step !== undefined) {
			event.preventDefault();
			messages[at === -1 ? messages.length - 1 : at + step]?.focus();
			return;
		}
		const { event: eventId, own } = messages[at]?.dataset ?? {};
		if (eventId === undefined || !actions.canSend) return;
		if (event.key === "r") actions.onReply(eventId);
		else if (event.key === "e" && own === "true") actions.onEdit(eventId);
		else return;
		event.preventDefault();
	};
}
